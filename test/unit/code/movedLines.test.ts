import assert from 'node:assert/strict';
import { findMechanisms } from '../../../src/code/mechanisms';
import { withoutMoves } from '../../../src/code/movedLines';
import { parseUnifiedDiff } from '../../../src/code/unifiedDiff';

const diff = (...hunks: string[]) =>
  parseUnifiedDiff(hunks.map((hunk, at) => `@@ -${at * 50 + 1},9 +${at * 50 + 1},9 @@\n${hunk}`).join('\n'), ['a.ts']);
const kindsOf = (files: ReturnType<typeof parseUnifiedDiff>) =>
  withoutMoves(files).flatMap(({ hunks }) => hunks.map(({ lines }) => lines.map(({ kind }) => kind)));

describe('Code that was moved', () => {
  it('counts as unchanged where one hunk lost what another gained', () => {
    const moved = diff('-  if (user === null) return 0;\n-  start();', '+  if (user === null) return 0;\n+  begin();');
    assert.deepEqual(kindsOf(moved), [['removed'], ['context', 'added']]);
  });

  it('counts as changed within one hunk, and where lines are too short to tell', () => {
    assert.deepEqual(kindsOf(diff('-  const total = sum(rows);\n+  const total = sum(rows);')), [['removed', 'added']]);
    assert.deepEqual(kindsOf(diff('-  }\n-  x;', '+  }\n+  x;')), [
      ['removed', 'removed'],
      ['added', 'added'],
    ]);
  });

  it('shows no mechanism, as when a helper is extracted', () => {
    const extracted = diff(
      '-  if (basket.voucher === null) return 0;\n   return basket.voucher.amount;',
      '+function rebate(basket) {\n+  if (basket.voucher === null) return 0;',
    );
    assert.deepEqual(findMechanisms(extracted), []);
    const dropped = diff('-  if (basket.voucher === null) return 0;\n   return basket.voucher.amount;');
    assert.equal(findMechanisms(dropped)[0]?.kind, 'null_check_dropped');
  });
});
