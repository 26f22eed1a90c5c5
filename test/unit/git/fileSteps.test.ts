import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changeOfPath, FileSteps, parseTreeChanges } from '../../../src/git/fileSteps';
import { ScratchRepository } from './scratchRepository';

const { signal } = new AbortController();
const [OLD, NEW, NONE] = ['a'.repeat(40), 'b'.repeat(40), '0'.repeat(40)] as const;
const meta = (status: string, before: string = OLD, after: string = NEW) => `:100644 100644 ${before} ${after} ${status}`;
const joined = (...fields: string[]) => `${fields.join('\0')}\0`;

describe('What commits did to files', () => {
  it('is read with names of any kind, one step a commit', () => {
    const text = joined(
      OLD,
      meta('M'),
      'a b\n:x.js',
      meta('R087'),
      'old.js',
      'new.js',
      NEW,
      NONE,
      meta('A', NONE),
      'c.js',
      meta('D', OLD, NONE),
      'd.js',
    );
    const steps = parseTreeChanges(text);
    assert.deepEqual(
      steps.map((step) => step.map(({ oldPath, newPath }) => [oldPath, newPath])),
      [
        [
          ['a b\n:x.js', 'a b\n:x.js'],
          ['old.js', 'new.js'],
        ],
        [],
        [
          [null, 'c.js'],
          ['d.js', null],
        ],
      ],
    );
    assert.equal(changeOfPath(steps[0] ?? [], 'old.js')?.likeness, 87);
    assert.equal(changeOfPath(steps[0] ?? [], 'c.js'), undefined);
  });

  it('keeps a file that was moved away apart from what took its place', () => {
    const [step = []] = parseTreeChanges(joined(OLD, meta('M100'), 'a.js', meta('C098'), 'a.js', 'b.js'));
    assert.equal(changeOfPath(step, 'a.js')?.newPath, 'b.js');
    assert.deepEqual(step.find(({ newPath }) => newPath === 'a.js')?.oldPath, null);
  });

  it('survives output that is cut anywhere', () => {
    const text = joined(OLD, meta('M'), 'a.js', meta('R100'), 'b.js', 'c.js');
    fc.assert(fc.property(fc.nat(text.length), (at) => Array.isArray(parseTreeChanges(text.slice(0, at)))));
    fc.assert(fc.property(fc.string(), (garbage) => Array.isArray(parseTreeChanges(garbage))));
  });

  it('is a single step between commits without a common ancestor', async () => {
    const scratch = new ScratchRepository();
    try {
      const one = scratch.commit('one', { 'a.js': '1\n' });
      scratch.git('checkout', '--quiet', '--orphan', 'other');
      const two = scratch.commit('two', { 'a.js': '2\n', 'b.js': '3\n' });
      const steps = await new FileSteps(scratch.root).between(one, two, signal);
      assert.deepEqual(
        steps.map((step) => step.map(({ newPath }) => newPath)),
        [['a.js', 'b.js']],
      );
      assert.deepEqual(await new FileSteps(scratch.root).between(one, one, signal), []);
    } finally {
      scratch.dispose();
    }
  });
});
