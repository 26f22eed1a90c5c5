import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import type { LineMapping } from '../../../src/domain/ports';
import { openRepository } from '../../../src/git/repository';
import { ScratchRepository } from './scratchRepository';

const { signal } = new AbortController();
const rows = (name: string, count = 12) => Array.from({ length: count }, (_, at) => `const ${name}${at} = load${name}(${at});`);
const text = (lines: readonly string[], end = '\n') => lines.map((line) => line + end).join('');
const CART = rows('Cart');
const place = ({ path, line, status }: LineMapping) => `${path}:${line} ${status}`;

describe('A line between a commit and the working tree', () => {
  let scratch: ScratchRepository;
  beforeEach(() => {
    scratch = new ScratchRepository();
  });
  afterEach(() => scratch.dispose());

  const forth = async (sha: string, path: string, line: number) =>
    place(await (await openRepository(scratch.root, signal)).mapLine(sha, path, line, signal));
  const back = async (path: string, line: number, sha: string, unsaved?: string) =>
    place(await (await openRepository(scratch.root, signal)).mapLineBack(path, line, sha, signal, unsaved));

  it('is followed through many commits, renames and a saved edit, and back', async () => {
    const sha = scratch.commit('first', { 'src/a.js': text(CART) });
    let lines = [...CART];
    for (let at = 0; at < 10; at += 1) {
      lines = [`// step ${at}`, ...lines];
      if (at % 3 === 0) scratch.rename(at === 0 ? 'src/a.js' : `src/a${at - 3}.js`, `src/a${at}.js`);
      scratch.commit(`step ${at}`, { [`src/a${at - (at % 3)}.js`]: text(lines) });
    }
    scratch.write('src/a9.js', text(['// saved', ...lines]));
    assert.equal(await forth(sha, 'src/a.js', 5), 'src/a9.js:16 moved');
    assert.equal(await back('src/a9.js', 16, sha), 'src/a.js:5 moved');
    assert.equal(await back('src/a9.js', 17, sha, text(['// saved', '// unsaved', ...lines])), 'src/a.js:5 moved');
    assert.equal(await back('src/a9.js', 3, sha), 'src/a.js:1 deleted');
  });

  it('is followed through a plain move that Git was not told of, and an edit with it', async () => {
    const sha = scratch.commit('first', { 'src/a.js': text(CART), 'src/other.js': text(rows('Other')) });
    scratch.rename('src/a.js', 'lib/b.js');
    assert.equal(await forth(sha, 'src/a.js', 3), 'lib/b.js:3 moved');
    scratch.write('lib/b.js', text(['// moved', ...CART.slice(0, 10)]));
    assert.equal(await forth(sha, 'src/a.js', 3), 'lib/b.js:4 moved');
    assert.equal(await back('lib/b.js', 4, sha), 'src/a.js:3 moved');
  });

  it('is followed to the file that moved, not to the new one in its old place', async () => {
    const sha = scratch.commit('first', { 'src/a.js': text(CART) });
    scratch.rename('src/a.js', 'src/moved.js');
    scratch.write('src/a.js', text(rows('Fresh')));
    assert.equal(await forth(sha, 'src/a.js', 3), 'src/moved.js:3 moved');
    scratch.commit('second');
    assert.equal(await forth(sha, 'src/a.js', 3), 'src/moved.js:3 moved');
    assert.equal(await back('src/moved.js', 3, sha), 'src/a.js:3 moved');
    assert.match(await back('src/a.js', 3, sha), /deleted|edited/);
  });

  it('is not followed to one of two files that are alike', async () => {
    const sha = scratch.commit('first', { 'src/a.js': text(CART) });
    scratch.remove('src/a.js');
    scratch.write('src/b.js', text(CART));
    scratch.write('src/c.js', text(CART));
    assert.equal(await forth(sha, 'src/a.js', 3), 'src/a.js:3 deleted');
  });

  it('is followed into another file when its block was carried there by a commit', async () => {
    const sha = scratch.commit('first', { 'a.js': text([...rows('Left'), ...CART]), 'b.js': text(rows('Right')) });
    scratch.commit('carry', { 'a.js': text(rows('Left')), 'b.js': text([...rows('Right'), '', ...CART.slice(2, 9)]) });
    scratch.commit('later', { 'b.js': text(['// right', ...rows('Right'), '', ...CART.slice(2, 9)]) });
    assert.equal(await forth(sha, 'a.js', 16), 'b.js:16 moved');
    assert.match(await forth(sha, 'a.js', 13), /^a\.js:\d+ deleted$/);
  });

  it('is followed across a checkout with other line ends', async () => {
    const sha = scratch.commit('first', { 'a.js': text(CART) });
    scratch.write('a.js', text(CART, '\r\n'));
    assert.equal(await forth(sha, 'a.js', 7), 'a.js:7 exact');
    scratch.write('a.js', text(['// new', ...CART], '\r\n'));
    assert.equal(await forth(sha, 'a.js', 7), 'a.js:8 moved');
    assert.equal(await back('a.js', 8, sha), 'a.js:7 moved');
  });

  it('is followed from another branch, through the common ancestor and through merges', async () => {
    scratch.commit('base', { 'a.js': text(CART) });
    scratch.git('checkout', '--quiet', '-b', 'release');
    const released = scratch.commit('release only', { 'a.js': text(['// released', ...CART]) });
    scratch.git('checkout', '--quiet', 'main');
    scratch.commit('main', { 'a.js': text([...CART.slice(0, 2), '// main', ...CART.slice(2)]) });
    assert.equal(await forth(released, 'a.js', 6), 'a.js:6 moved'.replace('moved', 'exact'));
    assert.equal(await forth(released, 'a.js', 2), 'a.js:1 moved');
    scratch.git('merge', '--quiet', '--no-edit', 'release');
    assert.equal(await forth(released, 'a.js', 6), 'a.js:7 moved');
    assert.equal(await forth(released, 'a.js', 1), 'a.js:1 exact');
  });

  it('is followed within what a shallow clone has', async () => {
    scratch.commit('first', { 'a.js': text(CART) });
    const second = scratch.commit('second', { 'a.js': text(['// 2', ...CART]) });
    scratch.commit('third', { 'a.js': text(['// 3', '// 2', ...CART]) });
    const dir = `${scratch.root}-shallow`;
    scratch.git('clone', '--quiet', '--depth=2', `file://${scratch.root}`, dir);
    try {
      const repository = await openRepository(dir, signal);
      assert.equal(place(await repository.mapLine(second, 'a.js', 4, signal)), 'a.js:5 moved');
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('is declared edited once a twin came next to it, even if the twin alone is left', async () => {
    const lines = [...CART.slice(0, 4), '}', ...CART.slice(4)];
    const sha = scratch.commit('first', { 'a.js': text(lines) });
    scratch.commit('twin', { 'a.js': text([...CART.slice(0, 4), '}', '}', ...CART.slice(4)]) });
    scratch.commit('one of them', { 'a.js': text([...CART.slice(0, 4), '}', '// end', ...CART.slice(4)]) });
    assert.match(await forth(sha, 'a.js', 5), /edited$/);
    assert.equal(await forth(sha, 'a.js', 6), 'a.js:7 moved');
  });

  it('is where it was when the commit and the file are the same again', async () => {
    const sha = scratch.commit('first', { 'a.js': text(CART) });
    scratch.commit('second', { 'a.js': text(rows('Else')) });
    scratch.commit('reverted', { 'a.js': text(CART) });
    assert.equal(await forth(sha, 'a.js', 5), 'a.js:5 exact');
    assert.equal(await back('a.js', 5, sha), 'a.js:5 exact');
  });

  it('is unknown where commit, file or line are not there, whatever they are called', async () => {
    const sha = scratch.commit('first', { 'a.js': text(CART), '-x.js': text(CART) });
    scratch.commit('second', { '-x.js': text(['// new', ...CART]) });
    assert.equal(await forth(sha, '-x.js', 3), '-x.js:4 moved');
    for (const [commit, path, line] of [
      ['--all', 'a.js', 1],
      ['HEAD~1', 'a.js', 1],
      ['f'.repeat(40), 'a.js', 1],
      [sha, '--help', 1],
      [sha, '../a.js', 1],
      [sha, 'a.js', 0],
      [sha, 'a.js', 1.5],
      [sha, 'a.js', 99],
    ] as const) {
      assert.match(await forth(commit, path, line), /unknown$/);
      assert.match(await back(path, line, commit), /unknown$|deleted$/);
    }
  });

  it('can be called off, which spoils nothing', async () => {
    const sha = scratch.commit('first', { 'a.js': text(CART) });
    scratch.commit('second', { 'a.js': text(['// new', ...CART]) });
    const repository = await openRepository(scratch.root, signal);
    const stop = new AbortController();
    const impatient = repository.mapLine(sha, 'a.js', 3, stop.signal);
    const patient = repository.mapLine(sha, 'a.js', 3, signal);
    stop.abort();
    await assert.rejects(impatient);
    assert.equal(place(await patient), 'a.js:4 moved');
  });
});
