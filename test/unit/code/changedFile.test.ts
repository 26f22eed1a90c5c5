import assert from 'node:assert/strict';
import { changedFileOf } from '../../../src/code/changedFile';

const of = (file: string, files: readonly string[], more: { readonly called?: string; readonly service?: string } = {}) =>
  changedFileOf({ file, function: more.called ?? null }, files, more.service ?? null);

describe('The changed file that a frame was printed for', () => {
  it('is found where a build put the folder of a service elsewhere', () => {
    assert.equal(of('/app/src/orders/basket.ts', ['shop/src/orders/basket.ts', 'shop/src/index.ts']), 'shop/src/orders/basket.ts');
  });

  it('is found by the package, where a frame prints the name of the file only', () => {
    const files = ['points/src/main/kotlin/org/acme/points/Ledger.kt', 'points/src/test/kotlin/org/acme/Ledger.kt'];
    assert.equal(of('Ledger.kt', files, { called: 'org.acme.points.Ledger.balance' }), files[0]);
  });

  it('needs two telling names, or the folder of the service', () => {
    assert.equal(of('/app/src/basket.ts', ['shop/src/basket.ts']), null);
    assert.equal(of('/app/src/basket.ts', ['shop/src/basket.ts'], { service: 'shop' }), 'shop/src/basket.ts');
    assert.equal(of('basket.ts', ['basket.ts']), null);
  });

  it('is none where two files may be meant', () => {
    assert.equal(of('/app/orders/basket.ts', ['a/orders/basket.ts', 'b/orders/basket.ts']), null);
    assert.equal(of('/srv/releases/billing/total.js', ['billing/total.js', 'releases/billing/total.js']), null);
  });
});
