import assert from 'node:assert/strict';
import { fixArgument, fixIdOf, pathIn } from '../../../../src/ui/fix/fixArguments';

describe('what a command about a fix is given', () => {
  it('names the fix, by a row of the view or by another command', () => {
    assert.equal(fixIdOf({ kind: 'fixStep', fixId: 'fix-1', state: {} }), 'fix-1');
    assert.equal(fixIdOf(fixArgument('fix-2')), 'fix-2');
  });

  it('names a file, changed or in conflict', () => {
    assert.equal(pathIn({ kind: 'fixFile', fixId: 'x', file: { path: 'a.js' } }), 'a.js');
    assert.equal(pathIn({ kind: 'fixConflict', fixId: 'x', conflict: { path: 'b.js' } }), 'b.js');
  });

  for (const stranger of [
    undefined,
    null,
    'fix-1',
    7,
    {},
    { fixId: 'fix-1' },
    { kind: 'fix' },
    { kind: 1, fixId: 'x' },
    { kind: 'run', run: {} },
  ])
    it(`is none of ours: ${JSON.stringify(stranger) ?? 'undefined'}`, () => {
      assert.equal(fixIdOf(stranger), null);
      assert.equal(pathIn(stranger), null);
    });

  it('names no file that is no text', () => {
    assert.equal(pathIn({ kind: 'fixFile', fixId: 'x', file: { path: 7 } }), null);
  });
});
