import assert from 'node:assert/strict';
import { arrivalOf } from '../../../src/code/arrival';
import { deploymentsFor, findCarriers, isSameService } from '../../../src/code/carriers';
import type { SuspectInput } from '../../../src/code/suspectInput';
import type { Change, Commit } from '../../../src/domain/change';
import { createMemoryRepository } from './memoryRepository';

const { signal } = new AbortController();
const DAY = 86_400_000;
const ONSET = Date.UTC(2026, 10, 20, 12);
const sha = (digit: string) => digit.repeat(40);

const deployed = (daysBefore: number, service: string | null, commit: string | null, version = '1.0'): Change => ({
  timestampMs: ONSET - daysBefore * DAY,
  kind: 'deployment',
  service,
  title: '',
  text: '',
  author: null,
  version,
  commit,
  attributes: {},
});

const committed = (id: string, daysBefore: number, ...files: string[]): Commit => ({
  sha: id,
  repository: 'shop',
  author: 'Ada',
  timestampMs: ONSET - daysBefore * DAY,
  message: 'change',
  files,
  diff: '',
});

const input = (more: Partial<SuspectInput>): SuspectInput => ({
  commits: [],
  failingFrames: [],
  blamed: [],
  errorText: '',
  resources: [],
  queries: [],
  service: 'checkout',
  symptom: 'errors',
  onsetMs: ONSET,
  deployments: [],
  ...more,
});

describe('Which deployment carried a commit', () => {
  const history = ['1', '2', '3', '4'].map(sha);
  const repository = createMemoryRepository({ now: {}, history });
  const commits = history.map((id, at) => committed(id, 10 - at, 'services/checkout/a.js'));

  it('is the first that contains it, and null when none does', async () => {
    const deployments = [deployed(3, 'checkout', sha('1')), deployed(1, 'checkout', sha('3'), '2.0')];
    const carriers = await findCarriers(commits, deployments, repository, 'checkout', signal);
    assert.deepEqual(
      commits.map((commit) => {
        const carrier = carriers.get(commit.sha);
        return carrier && [carrier.deployment.version, carrier.isArrival];
      }),
      [['1.0', false], ['2.0', true], ['2.0', true], null],
    );
  });

  it('is not known without a deployment whose commit is here', async () => {
    assert.equal((await findCarriers(commits, [], repository, 'checkout', signal)).size, 0);
    assert.equal(
      (await findCarriers(commits, [deployed(1, 'checkout', sha('f')), deployed(1, 'checkout', null)], repository, 'checkout', signal))
        .size,
      0,
    );
  });

  it('is one of the service in whose folder the files lie', () => {
    const all = [deployed(3, null, null), deployed(2, 'catalog-service', null), deployed(1, 'checkout', null)];
    const names = (files: string[], service: string | null) => deploymentsFor(files, all, service).map((change) => change.service);
    assert.deepEqual(names(['services/catalog/a.js'], 'checkout'), [null, 'catalog-service']);
    assert.deepEqual(names(['lib/http.js'], 'checkout'), [null, 'checkout']);
    assert.deepEqual(names(['lib/http.js'], 'search'), [null, 'catalog-service', 'checkout']);
    assert.deepEqual(names(['services/catalog/a.js', 'services/checkout/b.js'], null), [null, 'catalog-service', 'checkout']);
    assert.deepEqual(deploymentsFor([], [{ ...all[0]!, kind: 'feature_flag' }], null), []);
  });

  it('knows one service by several names', () => {
    assert.ok(isSameService('checkout', 'checkout-service'));
    assert.ok(isSameService('checkoutservice', 'checkout_svc'));
    assert.ok(!isSameService('checkout', 'catalog'));
  });
});

describe('When a commit arrived', () => {
  const commit = committed(sha('1'), 0.5, 'services/checkout/a.js');
  const carried = (deployment: Change, isArrival = true) => new Map([[commit.sha, { deployment, isArrival }]]);

  it('counts in full within a day of the onset, whether last or first', () => {
    for (const days of [0, 0.1, 0.5, 0.99]) {
      assert.equal(arrivalOf(commit, input({ carriers: carried(deployed(days, 'checkout', sha('1'))) }))?.factor, 1);
    }
  });

  it('counts the less the longer it ran without trouble', () => {
    const factor = (days: number) => arrivalOf(commit, input({ carriers: carried(deployed(days, 'checkout', sha('1'))) }))?.factor ?? 0;
    assert.ok(factor(2) < 1 && factor(4) < factor(2) && factor(30) < factor(4) && factor(30) > 0);
    assert.equal(factor(4), 0.5);
  });

  it('says with which deployment and how long before', () => {
    const reason = arrivalOf(commit, input({ carriers: carried(deployed(0.25, 'checkout', sha('1'), '1.15.0')) }))?.reason;
    assert.equal(reason, 'arrived with the deployment of checkout 1.15.0 at 20 Nov 2026, 06:00 UTC, 6 h before the onset');
  });

  it('is impossible after the onset and without a deployment', () => {
    assert.equal(arrivalOf(committed(sha('1'), -1, 'a.js'), input({})), null);
    assert.equal(arrivalOf(commit, input({ carriers: new Map([[commit.sha, null]]) })), null);
    assert.equal(arrivalOf(commit, input({ carriers: carried(deployed(-1, 'checkout', sha('1'))) })), null);
  });

  it('is doubtful for what the oldest known deployment contained already', () => {
    const old = committed(sha('1'), 20, 'services/checkout/a.js');
    const arrival = arrivalOf(
      old,
      input({ carriers: new Map([[old.sha, { deployment: deployed(0.5, 'checkout', sha('1')), isArrival: false }]]) }),
    );
    assert.ok((arrival?.factor ?? 1) < 0.2);
    assert.match(arrival?.reason ?? '', /already in the oldest deployment/);
  });

  it('is more doubtful still when another deployment followed before the onset', () => {
    const oldest = deployed(0.5, 'checkout', sha('1'));
    const factor = (deployments: Change[]) => arrivalOf(commit, input({ carriers: carried(oldest, false), deployments }))?.factor;
    assert.equal(factor([oldest]), 0.8);
    assert.equal(factor([oldest, deployed(0.1, 'checkout', sha('2'))]), 0.4);
    assert.equal(factor([oldest, deployed(0.1, 'catalog', sha('2')), deployed(-1, 'checkout', sha('3'))]), 0.8);
  });

  it('counts in full, whatever followed, when the commit was made an hour before the onset', () => {
    const fresh = committed(sha('1'), 1 / 24, 'services/checkout/a.js');
    const oldest = deployed(0.02, 'checkout', sha('1'));
    const deployments = [oldest, deployed(0.01, 'checkout', sha('2'))];
    const arrival = arrivalOf(fresh, input({ carriers: new Map([[fresh.sha, { deployment: oldest, isArrival: false }]]), deployments }));
    assert.equal(arrival?.factor, 1);
  });

  it('is told from ids and times where Git cannot tell', () => {
    const exact = arrivalOf(commit, input({ deployments: [deployed(0.1, 'checkout', sha('1').slice(0, 8))] }));
    assert.equal(exact?.factor, 1);
    const next = arrivalOf(commit, input({ deployments: [deployed(0.1, 'checkout', null)] }));
    assert.match(next?.reason ?? '', /^probably arrived/);
    assert.ok((next?.factor ?? 1) < 1);
    assert.match(arrivalOf(commit, input({ deployments: [deployed(-2, 'checkout', null)] }))?.reason ?? '', /no deployment between/);
    assert.match(arrivalOf(commit, input({}))?.reason ?? '', /was committed 12 h before the onset/);
  });
});
