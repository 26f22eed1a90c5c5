import assert from 'node:assert/strict';
import type { Hypothesis } from '../../../src/domain/hypothesis';
import { guide } from '../../../src/investigation/guide';
import type { GuideInput } from '../../../src/investigation/guide/draft';
import { change, findings } from '../../fakes/findings';

const SHA = 'a'.repeat(40);
const hypothesis = (given: Partial<Hypothesis> = {}): Hypothesis => ({
  id: 'H1',
  title: 'Commit aaaaaaa broke shop',
  service: 'shop',
  kind: 'code_change',
  confidence: 0.9,
  commit: SHA,
  location: { file: 'shop/prices.js', line: 4, function: 'price' },
  workspace: null,
  evidenceFor: ['E3', 'E4'],
  evidenceAgainst: [],
  missing: [],
  confidenceFactors: [],
  ...given,
});
const fact = (id: string, kind: 'metric' | 'commit' | 'spans', link: string | null = 'https://example.test') => ({
  id,
  kind,
  source: 'datadog',
  query: `query of ${id}`,
  from: null,
  to: null,
  summary: `summary of ${id}`,
  value: null,
  link,
});
const steps = (given: Partial<GuideInput> = {}) =>
  guide({
    hypotheses: [hypothesis()],
    verdict: 'code',
    rootCauseCommit: SHA,
    findings: findings({ alertEvidence: ['E2'] }),
    evidence: [fact('E2', 'metric'), fact('E3', 'commit'), fact('E4', 'spans')],
    ...given,
  });

describe('guide', () => {
  it('opens the line, shows the strongest fact that is no commit, rolls back and verifies', () => {
    const list = steps({
      findings: findings({
        alertEvidence: ['E2'],
        changes: [change('deployment', 2, { version: '1.1.0' }), change('deployment', 500, { version: '1.0.0' })],
      }),
    });
    assert.deepEqual(
      list.map(({ action }) => action),
      ['open_code', 'open_link', 'roll_back', 'verify'],
    );
    assert.equal(list[0]?.title, 'Open shop/prices.js:4 (price)');
    assert.deepEqual(list[1]?.evidence, ['E4']);
    assert.equal(list[2]?.title, 'Roll back shop to the version before 1.1.0, or revert commit aaaaaaa');
    assert.deepEqual([list[3]?.title, list[3]?.evidence], ['After the fix, see that the metric is as usual', ['E2']]);
    assert.deepEqual(
      list.map(({ id }) => id),
      ['S1', 'S2', 'S3', 'S4'],
    );
    assert.ok(list.every(({ minutes, rationale, hypothesis: of }) => minutes > 0 && rationale !== '' && of === 'H1'));
  });

  it('does not roll back a commit that is not to blame', () => {
    assert.ok(steps({ rootCauseCommit: null }).every(({ action }) => action !== 'roll_back'));
  });

  it('rolls back to before the deployment that the commit came with, though a later one is nearer to the onset', () => {
    const changes = [change('deployment', 8, { version: '1.1.0' }), change('deployment', 1, { version: '1.2.0' })];
    const came = { ...fact('E3', 'commit'), summary: 'Commit aaaaaaa by Ann: x; arrived with the deployment of shop 1.1.0 at 12:00 UTC' };
    const titles = (evidence: ReturnType<typeof fact>[]) =>
      steps({ evidence, findings: findings({ alertEvidence: ['E2'], changes }) }).map(({ title }) => title);
    assert.ok(titles([came]).includes('Roll back shop to the version before 1.1.0, or revert commit aaaaaaa'));
    assert.ok(titles([fact('E3', 'commit')]).includes('Roll back shop to the version before 1.2.0, or revert commit aaaaaaa'));
  });

  it('asks the owner of a dependency', () => {
    const list = steps({
      hypotheses: [hypothesis({ kind: 'dependency_outage', commit: null, location: null })],
      rootCauseCommit: null,
      verdict: 'external',
    });
    assert.ok(list.some(({ action }) => action === 'contact'));
  });

  it('takes back a flag, finds what uses a resource, splits traffic', () => {
    const titles = (kind: string) =>
      steps({ hypotheses: [hypothesis({ kind, title: 'Flag x', location: null })], rootCauseCommit: null }).map(({ title }) => title);
    assert.ok(titles('feature_flag').includes('Put back the last configuration of shop that worked'));
    const flag = { ...change('feature_flag', 3, { title: 'fast_prices: off->on' }), evidence: 'E4' };
    const taken = steps({
      hypotheses: [hypothesis({ kind: 'feature_flag', location: null })],
      findings: findings({ alertEvidence: ['E2'], changes: [flag] }),
    });
    assert.ok(taken.some(({ title, action }) => action === 'roll_back' && title === 'Take back “fast_prices: off->on”'));
    assert.ok(titles('resource_exhaustion').some((title) => title.startsWith('Find what uses the resource')));
    const lock = hypothesis({ kind: 'resource_exhaustion', location: null, missing: ['who holds the lock: the blocking session'] });
    const found = steps({ hypotheses: [lock], rootCauseCommit: null }).find(({ title }) => title === 'Find out who holds the lock');
    assert.match(found?.rationale ?? '', /^Look at the blocking session\. More capacity/);
    assert.ok(titles('traffic_surge').some((title) => title.startsWith('Split the traffic')));
  });

  it('rules out a runner-up that is close, and leaves one that is not', () => {
    const nextQuery = { title: 'Ask Ann', source: 'person', query: '', link: null } as const;
    const second = (confidence: number, given: Partial<Hypothesis> = {}) =>
      hypothesis({ id: 'H2', kind: 'feature_flag', title: 'Flag x', confidence, evidenceFor: ['E9'], nextQuery, ...given });
    const close = steps({ hypotheses: [hypothesis(), second(0.6)] }).find(({ title }) => title.startsWith('Rule out'));
    assert.equal(close?.hypothesis, 'H2');
    assert.equal(close.rationale, 'Its confidence is medium. Ask Ann.');
    assert.ok(steps({ hypotheses: [hypothesis(), second(0.2)] }).every(({ title }) => !title.startsWith('Rule out')));
    const isAsked = (given: Partial<Hypothesis>) =>
      steps({ hypotheses: [hypothesis(), second(0.8, given)] }).some(({ title }) => title.startsWith('Rule out'));
    assert.ok(isAsked({}));
    assert.ok(!isAsked({ kind: 'resource_exhaustion' }), 'what the blamed commit brings about is no alternative');
    assert.ok(!isAsked({ evidenceFor: ['E4'] }), 'the same facts tell no other story');
  });

  it('looks for what is missing while the best is weak', () => {
    const nextQuery = { title: 'Find out who sends the requests', source: 'person', query: '', link: null } as const;
    const weak = hypothesis({ confidence: 0.3, nextQuery });
    assert.ok(steps({ hypotheses: [weak] }).some(({ title, action }) => title === nextQuery.title && action === 'contact'));
    assert.ok(steps({ hypotheses: [{ ...weak, confidence: 0.9 }] }).every(({ title }) => title !== nextQuery.title));
    const blind = { ...weak, nextQuery: null, missing: ['spans of the time of the incident: none were found'] };
    assert.ok(steps({ hypotheses: [blind] }).every(({ title }) => !title.includes('none were found')));
  });

  it('always has between three and seven steps', () => {
    assert.ok(steps({ hypotheses: [], evidence: [], rootCauseCommit: null, verdict: 'inconclusive' }).length >= 2);
    assert.ok(steps({ hypotheses: [hypothesis({ location: null, evidenceFor: [], kind: 'unknown' })], evidence: [] }).length >= 2);
    const most = steps({
      hypotheses: [hypothesis({ kind: 'dependency_outage', confidence: 0.4, missing: ['x'] }), hypothesis({ id: 'H2', confidence: 0.39 })],
    });
    assert.ok(most.length <= 7);
  });

  it('looks at what may tell the cause, and asks for the code, where only the place is known', () => {
    const place = hypothesis({
      kind: 'unknown',
      commit: null,
      location: null,
      missing: ['the code: no repository of the service is open'],
      nextQuery: { title: 'Read the warnings and errors that shop logs', source: 'logs', query: 'service:shop', link: null },
    });
    const titles = (changes: ReturnType<typeof change>[], given: Partial<Hypothesis> = {}) =>
      steps({
        hypotheses: [{ ...place, ...given }],
        rootCauseCommit: null,
        verdict: 'inconclusive',
        findings: findings({ alertEvidence: ['E2'], changes }),
      }).map(({ title }) => title);
    assert.deepEqual(titles([change('deployment', 5, { version: '1.2.0' })]).slice(1, 3), [
      'Read the warnings and errors that shop logs',
      'See what shop 1.2.0 changed',
    ]);
    assert.equal(titles([change('deployment', 90)])[2], 'Open the repository of shop and investigate again');
    assert.ok(titles([], { missing: [] }).every((title) => !title.startsWith('Open the repository')));
    const open = titles([], { nextQuery: { title: 'Find out whether it was restarted', source: 'person', query: '', link: null } });
    assert.equal(open[1], 'Find out whether it was restarted');
  });

  it('checks by what was measured or seen that it is over, by the monitor only where nothing else was', () => {
    const monitor = { ...fact('E1', 'metric'), kind: 'monitor' as const };
    const checked = (evidence: GuideInput['evidence']) =>
      steps({ findings: findings({ alertEvidence: ['E1'] }), evidence }).find(({ action }) => action === 'verify');
    assert.deepEqual(checked([monitor, fact('E4', 'spans')])?.evidence, ['E4']);
    assert.equal(checked([monitor])?.title, 'After the fix, see that the monitor is OK');
  });

  it('resolves the alert where all is well, and rolls nothing back', () => {
    const list = steps({
      hypotheses: [hypothesis({ kind: 'healthy', commit: null, location: null })],
      verdict: 'healthy',
      rootCauseCommit: null,
    });
    assert.equal(list.at(-1)?.title, 'Resolve the alert, with a note of what was seen');
    assert.ok(list.every(({ action }) => action !== 'roll_back'));
  });

  it('cites a query to run where there is no page to open', () => {
    const list = steps({ evidence: [fact('E2', 'metric', null), fact('E4', 'spans', null)] });
    assert.equal(list[1]?.action, 'run_query');
    assert.equal(list[1]?.link, null);
  });
});
