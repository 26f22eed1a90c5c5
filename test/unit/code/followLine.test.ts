import assert from 'node:assert/strict';
import { followLine } from '../../../src/code/followLine';
import { createMemoryRepository } from './memoryRepository';

const { signal } = new AbortController();
const [A, B] = ['a'.repeat(40), 'b'.repeat(40)];

describe('Following a line to a later commit', () => {
  const repository = createMemoryRepository({
    now: {},
    trees: { [A]: { 'a.js': 'one();\ntwo();\n', 'gone.js': 'x\n' }, [B]: { 'a.js': 'zero();\none();\ntwo();\n' } },
  });
  const follow = (file: string, line: number) => followLine(repository, A, B, { file, line, function: 'f' }, signal);

  it('gives its number there', async () => assert.deepEqual(await follow('a.js', 2), { file: 'a.js', line: 3, function: 'f' }));

  it('stays where it is when it cannot be followed', async () => {
    assert.deepEqual(await follow('gone.js', 1), { file: 'gone.js', line: 1, function: 'f' });
    assert.deepEqual(await follow('a.js', 99), { file: 'a.js', line: 99, function: 'f' });
  });
});
