import assert from 'node:assert/strict';
import type { FailingPlaces } from '../../../../src/investigation/code/failingPlaces';
import { servicesToJudge } from '../../../../src/investigation/code/judgedServices';
import { isOfAlert } from '../../../../src/investigation/code/ofAlert';
import { callGraph } from '../../../../src/signals/topology';
import { failure, findings } from '../../../fakes/findings';

const graph = callGraph({ web: ['shop', 'blog'], shop: ['stock'], stock: ['db'], blog: ['pictures'] });

describe('What the alert can be about', () => {
  it('is what the alerting service calls, and what calls it', () => {
    const isOf = (service: string) => isOfAlert(findings({ graph }), service);
    assert.deepEqual(['shop', 'db', 'web', 'blog', 'pictures'].map(isOf), [true, true, true, false, false]);
  });

  it('is a service whose calls nobody knows only while the alerting one shows no errors of its own', () => {
    const own = failure({ service: 'shop' });
    assert.equal(isOfAlert(findings({ graph }), 'mail'), true);
    assert.equal(isOfAlert(findings({ graph, failures: [own] }), 'mail'), false);
    assert.equal(isOfAlert(findings({ graph, failures: [own], alerting: null }), 'mail'), true);
  });

  it('judges no service of another incident, though it fails first or prints frames', () => {
    const places: FailingPlaces = { place: null, service: 'pictures', commit: null, frames: [{ path: 'a.ts', line: 1, function: null }] };
    const judged = (service: string) => {
      const found = findings({ graph, firstFailing: 'blog', failures: [failure({ service: 'shop' })] });
      return servicesToJudge(found, { ...places, service }).flatMap((one) => (one.role === 'failing' ? [one.service] : []));
    };
    assert.deepEqual(judged('pictures'), ['shop']);
    assert.deepEqual([...judged('db')].sort(), ['db', 'shop']);
  });
});
