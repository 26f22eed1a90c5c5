import assert from 'node:assert/strict';
import { LearnedRoots, ServiceRoots } from '../../../src/code/learnedRoots';
import { createMemoryRepository } from './memoryRepository';

const split = (path: string) => path.split('/');
const repository = createMemoryRepository({ now: {} });
const applied = (roots: LearnedRoots, path: string) => roots.apply(split(path)).map((place) => place.path);

describe('Learned deployment roots', () => {
  it('replace the deployed folders by those of the repository, several for one service', () => {
    const roots = new LearnedRoots();
    roots.learn(split('app/src/deep/pricing.js'), repository, 'services/checkout/src/deep/pricing.js');
    roots.learn(split('srv/lib/net/http.js'), repository, 'lib/net/http.js');
    assert.deepEqual(applied(roots, 'app/index.js'), ['services/checkout/index.js']);
    assert.deepEqual(applied(roots, 'srv/index.js'), ['index.js']);
    assert.deepEqual(applied(roots, 'opt/index.js'), []);
  });

  it('need two files, or one that shares three segments', () => {
    const roots = new LearnedRoots();
    roots.learn(split('app/src/pricing.js'), repository, 'services/checkout/src/pricing.js');
    roots.learn(split('app/src/pricing.js'), repository, 'services/checkout/src/pricing.js');
    assert.deepEqual(applied(roots, 'app/index.js'), []);
    roots.learn(split('app/src/cart.js'), repository, 'services/checkout/src/cart.js');
    assert.deepEqual(applied(roots, 'app/index.js'), ['services/checkout/index.js']);
  });

  it('learn nothing from paths that end differently', () => {
    const roots = new LearnedRoots();
    roots.learn(split('app/a.js'), repository, 'src/b.js');
    roots.learn(split('app/c.js'), repository, 'src/d.js');
    assert.deepEqual(applied(roots, 'app/a.js'), []);
  });

  it('are each kept once, and not without end', () => {
    const roots = new LearnedRoots();
    for (let at = 0; at < 60; at += 1) {
      roots.learn(split(`v${at}/a/b/c.js`), repository, 'src/a/b/c.js');
      roots.learn(split('app/a/b/c.js'), repository, 'src/a/b/c.js');
    }
    assert.deepEqual(applied(roots, 'app/x.js'), ['src/x.js']);
    assert.deepEqual(applied(roots, 'v0/x.js'), []);
    assert.deepEqual(applied(roots, 'v59/x.js'), ['src/x.js']);
  });

  it('belong to one service, and to none when the service is not known', () => {
    const services = new ServiceRoots();
    services.of('checkout').learn(split('app/a/b/c.js'), repository, 'src/a/b/c.js');
    services.of(null).learn(split('app/a/b/c.js'), repository, 'src/a/b/c.js');
    assert.deepEqual(applied(services.of('checkout'), 'app/x.js'), ['src/x.js']);
    assert.deepEqual(applied(services.of('cart'), 'app/x.js'), []);
    assert.deepEqual(applied(services.of(null), 'app/x.js'), []);
  });

  it('are forgotten rather than kept for services without end', () => {
    const services = new ServiceRoots();
    services.of('first').learn(split('app/a/b/c.js'), repository, 'src/a/b/c.js');
    for (let at = 0; at < 600; at += 1) services.of(`service-${at}`);
    assert.deepEqual(applied(services.of('first'), 'app/x.js'), []);
  });
});
