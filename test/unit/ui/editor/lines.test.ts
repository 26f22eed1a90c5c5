import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TextDocumentContentChangeEvent } from 'vscode';
import { createLineFinder, shiftLines } from '../../../../src/ui/editor/lines';
import { Range } from '../../../fakes/vscode';

const change = (range: Range, text: string) => ({ range, text }) as unknown as TextDocumentContentChangeEvent;

describe('lines that follow the text', () => {
  it('stay with their text wherever lines are put in or taken out elsewhere', () => {
    const edits = fc.array(fc.record({ at: fc.nat(30), removed: fc.nat(3), added: fc.nat(3) }), { maxLength: 20 });
    fc.assert(
      fc.property(edits, fc.nat(19), (all, chosen) => {
        const lines = Array.from({ length: 20 }, (_, at) => `line ${at}`);
        const moving = { line: chosen };
        for (const { at, removed, added } of all) {
          const from = Math.min(at, lines.length - 1);
          const to = Math.min(from + removed, lines.length - 1);
          const marked = lines.indexOf(`line ${chosen}`);
          if (marked >= from && marked < to) continue;
          lines.splice(from, to - from, ...Array.from({ length: added }, () => 'new'));
          shiftLines([moving], [change(new Range(from, 0, to, 0), 'new\n'.repeat(added))]);
        }
        assert.equal(lines[moving.line], `line ${chosen}`);
      }),
    );
  });

  it('stay where a line is changed within', () => {
    const moving = { line: 3 };
    shiftLines([moving], [change(new Range(3, 2, 3, 5), 'x')]);
    assert.equal(moving.line, 3);
  });
});

describe('lines of a measured text', () => {
  it('are found in the text of now, or known to be changed or deleted', () => {
    const measured = 'const alpha = first();\nconst beta = second();\nconst gamma = third();\nconst delta = fourth();';
    const now = '// added\nconst alpha = first();\nconst beta = second(changed);\nconst delta = fourth();';
    const find = createLineFinder(measured, now);
    assert.deepEqual(find(1), { line: 2, isSame: true });
    assert.deepEqual(find(4), { line: 4, isSame: true });
    assert.notDeepEqual(find(2)?.isSame, true);
    assert.notDeepEqual(find(3)?.isSame, true);
  });

  it('keep their numbers where the measured text is not known or the same', () => {
    assert.deepEqual(createLineFinder(null, 'a\nb')(2), { line: 2, isSame: true });
    assert.deepEqual(createLineFinder('a\nb', 'a\nb')(2), { line: 2, isSame: true });
  });
});
