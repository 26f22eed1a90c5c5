import assert from 'node:assert/strict';
import { SourceFactReader } from '../../../src/code/sourceFacts';
import { WorkspaceIndex } from '../../../src/code/workspaceIndex';
import { createMemoryRepository } from './memoryRepository';

const { signal } = new AbortController();

function open(now: Record<string, string>) {
  const state = { nowMs: 0, read: [] as string[] };
  const repository = createMemoryRepository({ now });
  const readFile = repository.readFile;
  repository.readFile = (path, asked, maxBytes) => {
    state.read.push(path);
    return readFile(path, asked, maxBytes);
  };
  const index = new WorkspaceIndex([repository], () => state.nowMs);
  const reader = new SourceFactReader(
    index,
    [repository],
    (text) => text.split('\n').filter((line) => line !== ''),
    () => state.nowMs,
  );
  return { state, reader, index, repository };
}

describe('Facts in the source files of the workspace', () => {
  it('come from source files only, those of the service first', async () => {
    const { reader, state } = open({
      'services/cart/a.js': 'cart\n',
      'services/payment/b.py': 'payment\n',
      'README.md': 'readme\n',
      'node_modules/x/i.js': 'library\n',
      'src/a.test.ts': 'test\n',
      'tests/b.py': 'test\n',
      'pkg/a_test.go': 'test\n',
    });
    const { found, isCut } = await reader.read('payment', signal);
    assert.deepEqual(
      found.map(({ fact, isInService }) => [fact, isInService]),
      [
        ['payment', true],
        ['cart', false],
      ],
    );
    assert.deepEqual([isCut, state.read.length], [false, 2]);
  });

  it('are kept for a while, until files come or go, or somebody says that they changed', async () => {
    const { reader, state, index, repository } = open({ 'a.js': 'one\n' });
    const again = async () => (await reader.read(null, signal)).found.length;
    await again();
    await again();
    assert.equal(state.read.length, 1);
    state.nowMs = 30_000;
    await again();
    assert.equal(state.read.length, 2);
    reader.forget();
    await again();
    assert.equal(state.read.length, 3);
    index.apply(repository, ['b.js'], []);
    await again();
    assert.equal(state.read.length, 5);
  });

  it('are read again after they could not be', async () => {
    const { reader } = open({ 'a.js': 'one\n' });
    await assert.rejects(reader.read(null, AbortSignal.abort()));
    assert.equal((await reader.read(null, signal)).found.length, 1);
  });

  it('say when there are more files than are read', async () => {
    const { reader, state } = open(Object.fromEntries(Array.from({ length: 3_500 }, (_, at) => [`src/f${at}.js`, 'x\n'])));
    const { found, isCut } = await reader.read(null, signal);
    assert.ok(isCut);
    assert.equal(found.length, state.read.length);
    assert.ok(found.length >= 3_000 && found.length < 3_500);
  });
});
