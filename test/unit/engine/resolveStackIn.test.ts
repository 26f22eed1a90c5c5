import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import { createEngine, type Engine } from '../../../src/engine/engine';
import { engineContract } from '../../../src/protocol/engineApi';
import { ScratchRepository } from '../git/scratchRepository';

const { signal } = new AbortController();
const PRICING = 'function discount(cart) {\n  return cart.coupon.percent;\n}\n';
const TRACE = 'TypeError: no percent\n    at discount (/srv/shop/src/pricing.js:2:22)\n';

describe('Asking the engine for the places of a stack trace', () => {
  let scratch: ScratchRepository;
  let deployed: string;
  let engine: Engine;

  before(() => {
    scratch = new ScratchRepository();
    deployed = scratch.commit('first', { 'src/pricing.js': PRICING });
    scratch.write('src/pricing.js', `\n${PRICING}`);
  });
  after(() => scratch.dispose());
  beforeEach(() => {
    engine = createEngine({ log: { info: () => {}, error: () => {} }, onProgress: () => {} });
  });
  afterEach(() => engine.dispose());

  const ask = (more: { commit?: string | null; repositories?: string[]; text?: string } = {}, until = signal) =>
    engine.requests.resolveStack({ text: TRACE, commit: deployed, service: null, repositories: [scratch.root], ...more }, until);

  it('follows lines of the deployed commit to the saved files', async () => {
    const [trace] = await ask();
    const { workspace, deployed: place } = trace!.exceptions[0]!.frames[0]!;
    assert.deepEqual([workspace?.path, workspace?.line, workspace?.status], ['src/pricing.js', 3, 'moved']);
    assert.deepEqual(place, { file: 'src/pricing.js', line: 2, function: 'discount' });
  });

  it('finds traces without a folder to look in', async () => {
    const [trace] = await ask({ repositories: [] });
    assert.equal(trace?.exceptions[0]?.frames[0]?.workspace, null);
    assert.equal(trace?.exceptions[0]?.frames[0]?.function, 'discount');
  });

  it('is called off by the caller and by the end of the engine', async () => {
    await assert.rejects(ask({}, AbortSignal.abort()));
    engine.dispose();
    await assert.rejects(ask());
  });

  it('takes only texts and folders over the channel', () => {
    const { params } = engineContract.requests.resolveStack;
    const isTaken = (message: unknown) => z.safeParse(params, message).success;
    const message = { text: '', commit: null, service: null, repositories: [] };
    assert.deepEqual(
      [isTaken(message), isTaken({ ...message, text: 1 }), isTaken({ ...message, repositories: [1] })],
      [true, false, false],
    );
  });
});
