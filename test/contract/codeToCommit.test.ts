import assert from 'node:assert/strict';
import { BLAME_BAR } from '../../src/code/blame';
import { findCarriers } from '../../src/code/carriers';
import { followLine } from '../../src/code/followLine';
import { parseStack } from '../../src/code/frames/parseStack';
import { createFrameMapper } from '../../src/code/mapping';
import { rankSuspects } from '../../src/code/suspects';
import type { Change } from '../../src/domain/change';
import { openRepository } from '../../src/git/repository';
import { ScratchRepository } from '../unit/git/scratchRepository';

const { signal } = new AbortController();
const FILE = 'services/checkout/pricing.js';
const text = (...rows: string[]) => `${rows.join('\n')}\n`;

const deployment = (commit: string, timestampMs: number, version: string): Change => ({
  timestampMs,
  kind: 'deployment',
  service: 'checkout',
  title: '',
  text: '',
  author: null,
  version,
  commit,
  attributes: {},
});

describe('From a stack trace to the commit, in a real repository', () => {
  let scratch: ScratchRepository;
  beforeEach(() => {
    scratch = new ScratchRepository();
  });
  afterEach(() => scratch.dispose());

  it('finds the line in the working tree and the deployed commit that wrote it, and never unpushed work', async () => {
    scratch.commit('Start', {
      [FILE]: text(
        "'use strict';",
        '',
        'function discount(cart) {',
        '  if (!cart.coupon) return 0;',
        '  return cart.coupon.percent;',
        '}',
        'module.exports = { discount };',
      ),
    });
    const old = deployment(scratch.git('rev-parse', 'HEAD').trim(), scratch.nowMs + 1_000, '1.0');
    scratch.wait(86_400);
    const guilty = scratch.commit('Checkout: shorten discount', {
      [FILE]: text(
        "'use strict';",
        '',
        'function discount(cart) {',
        '  return cart.coupon.percent;',
        '}',
        'module.exports = { discount };',
      ),
    });
    scratch.commit('Checkout: round prices', {
      [FILE]: text(
        "'use strict';",
        '',
        'const VAT = 0.19;',
        '',
        'function discount(cart) {',
        '  return cart.coupon.percent;',
        '}',
        'module.exports = { discount, VAT };',
      ),
    });
    const deployed = scratch.git('rev-parse', 'HEAD').trim();
    const current = deployment(deployed, scratch.nowMs + 1_000, '1.1');
    const onsetMs = scratch.nowMs + 600_000;
    scratch.rename(FILE, 'services/checkout/discounts.js');
    const unpushed = scratch.commit('Not deployed: rename and guess', {
      'services/checkout/discounts.js': text(
        "'use strict';",
        '// rules',
        '',
        'const VAT = 0.19;',
        '',
        'function discount(cart) {',
        '  return cart.coupon.percent;',
        '}',
        'module.exports = { discount, VAT };',
      ),
    });

    const repository = await openRepository(scratch.root, signal);
    const mapper = createFrameMapper([repository]);
    const [exception] = parseStack(
      "TypeError: Cannot read properties of undefined (reading 'percent')\n    at discount (/app/services/checkout/pricing.js:6:22)\n    at next (/app/node_modules/express/lib/next.js:3:1)",
    );
    const mapping = await mapper.map(exception!.frames[0]!, { commit: deployed, service: 'checkout' }, signal);
    assert.deepEqual(
      [mapping.location?.path, mapping.location?.line, mapping.location?.status],
      ['services/checkout/discounts.js', 7, 'moved'],
    );

    const place = mapping.deployed!;
    const blamed = (await repository.blame(deployed, place.file, [place.line], signal)).filter((sha) => sha !== null);
    const commits = await repository.commitsBetween({ fromMs: 0, toMs: onsetMs }, signal);
    const deployments = [old, current];
    const carriers = await findCarriers(commits, deployments, repository, 'checkout', signal);
    const ranked = rankSuspects({
      commits,
      failingFrames: [{ path: place.file, line: place.line, function: place.function }],
      blamed,
      errorText: exception!.message,
      resources: [],
      queries: [],
      service: 'checkout',
      symptom: 'errors',
      onsetMs,
      deployments,
      carriers,
    });
    assert.equal(ranked[0]?.sha, guilty);
    assert.ok(ranked[0]!.score > 0.85);
    assert.ok(ranked[1]!.score < ranked[0]!.score - 0.15);
    assert.ok(!ranked.some((suspect) => suspect.sha === unpushed));
    assert.equal(ranked[0]!.location?.line, 4);
    assert.equal((await followLine(repository, guilty, deployed, ranked[0]!.location!, signal)).line, 6);
  });

  it('blames nobody when all that arrived is innocent', async () => {
    scratch.commit('Start', { 'services/payments/acquirer.js': text('async function charge(id) {', '  return call(URL, id);', '}') });
    const old = deployment(scratch.git('rev-parse', 'HEAD').trim(), scratch.nowMs + 1_000, '1.0');
    scratch.commit('Payments: log more', { 'services/payments/index.js': text('log.info(reference);') });
    const current = deployment(scratch.git('rev-parse', 'HEAD').trim(), scratch.nowMs + 1_000, '1.1');
    const repository = await openRepository(scratch.root, signal);
    const commits = await repository.commitsBetween({ fromMs: 0, toMs: scratch.nowMs + 600_000 }, signal);
    const carriers = await findCarriers(commits, [old, current], repository, 'payments', signal);
    const ranked = rankSuspects({
      commits,
      failingFrames: [{ path: 'services/payments/acquirer.js', line: 2, function: 'charge' }],
      blamed: [],
      errorText: 'connect ECONNREFUSED 10.1.2.3:443',
      resources: ['POST /charges'],
      queries: [],
      service: 'payments',
      symptom: 'errors',
      onsetMs: scratch.nowMs + 600_000,
      deployments: [old, current],
      carriers,
    });
    for (const suspect of ranked) assert.ok(suspect.score < BLAME_BAR, `${suspect.title}: ${suspect.score}`);
  });
});
