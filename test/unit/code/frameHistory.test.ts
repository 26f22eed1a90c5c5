import assert from 'node:assert/strict';
import { frameHistories } from '../../../src/code/frameHistory';
import type { LineRange, Repository } from '../../../src/domain/ports';
import { createMemoryRepository } from './memoryRepository';

const { signal } = new AbortController();
const SHA = 'a'.repeat(40);
const CODE = 'start();\nfunction discount(cart) {\n  return cart.coupon.percent;\n}\n';

describe('The history of failing frames', () => {
  const asked: LineRange[] = [];
  const repository: Repository = {
    ...createMemoryRepository({ now: {}, trees: { [SHA]: { 'a.js': CODE } } }),
    blame: async (_sha, path, [line]) => [path === 'a.js' && line === 3 ? 'b'.repeat(40) : null],
    lineHistory: async (_sha, _path, range) => {
      asked.push(range);
      return ['c'.repeat(40)];
    },
  };
  const ask = (...frames: { path: string; line: number; function: string | null }[]) =>
    frameHistories(repository, SHA, frames, { fromMs: 0, toMs: 1 }, signal);

  it('has who wrote the line, and who changed the function around it', async () => {
    const frame = { path: 'a.js', line: 3, function: 'Object.discount' };
    assert.deepEqual(await ask(frame), [{ frame, wroteLine: 'b'.repeat(40), changedFunction: ['c'.repeat(40)] }]);
    assert.deepEqual(asked, [{ from: 2, to: 4 }]);
  });

  it('has no function where the frame names none, the text is not at hand, or the name is not there', async () => {
    const found = await ask(
      { path: 'a.js', line: 3, function: null },
      { path: 'gone.js', line: 3, function: 'discount' },
      { path: 'a.js', line: 3, function: 'other' },
    );
    assert.deepEqual(
      found.map(({ changedFunction }) => changedFunction),
      [[], [], []],
    );
  });

  it('asks about the innermost frames only', async () => {
    const frame = { path: 'a.js', line: 3, function: null };
    assert.equal((await ask(frame, frame, frame, frame, frame, frame)).length, 4);
  });
});
