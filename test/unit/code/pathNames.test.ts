import assert from 'node:assert/strict';
import {
  createServiceTest,
  isDeploymentFolder,
  isGenericName,
  isInServiceFolder,
  serviceFolderNames,
  strengthOf,
} from '../../../src/code/pathNames';

describe('Names in paths', () => {
  it('are generic in every language', () => {
    const generic = [
      'index.js',
      'main.go',
      '__init__.py',
      'app.ts',
      'routes.test.js',
      'mod.rs',
      'Program.cs',
      'application.rb',
      'Startup.cs',
    ];
    for (const name of generic) assert.ok(isGenericName(name), name);
    for (const name of ['pricing.js', 'acquirer.js', 'CartTotals.java']) assert.ok(!isGenericName(name), name);
  });

  it('say less when most projects have them', () => {
    assert.equal(strengthOf(['checkout', 'pricing.js']), 2);
    assert.equal(strengthOf(['src', 'pricing.js']), 1.5);
    assert.equal(strengthOf(['src', 'index.js']), 1);
    assert.equal(strengthOf(['index.js']), 0.5);
    assert.equal(strengthOf([]), 0);
  });

  it('of folders to deploy to say nothing at the root', () => {
    assert.ok(isDeploymentFolder('app') && isDeploymentFolder('srv'));
    assert.ok(!isDeploymentFolder('checkout'));
  });

  it('lie in the folder of a service, however that is written', () => {
    assert.deepEqual([...serviceFolderNames('checkout-svc')].sort(), ['checkout', 'checkout-svc']);
    assert.ok(isInServiceFolder('services/checkout/pricing.js', 'checkoutservice'));
    assert.ok(isInServiceFolder('checkout-service/src/a.js', 'checkout'));
    assert.ok(!isInServiceFolder('services/catalog/pricing.js', 'checkout'));
    assert.ok(!isInServiceFolder('checkout.js', 'checkout'));
  });

  it('are judged alike one at a time and many at once', () => {
    const isOfCheckout = createServiceTest('checkout-svc');
    for (const path of ['services/checkout/a.js', 'services/cart/a.js', 'checkout/b/c.js', 'a.js', 'services/checkout/a.js'])
      assert.equal(isOfCheckout(path), isInServiceFolder(path, 'checkout-svc'), path);
  });
});
