import assert from 'node:assert/strict';
import { errorSigns, isEcho } from '../../../../src/diagnosis/localisation/errorSigns';
import { callGraph } from '../../../../src/signals/topology';
import { failure, findings, template } from '../../../fakes/findings';

describe('errorSigns', () => {
  it('gives each service its share of the errors, all kinds of it together', () => {
    const failures = [
      failure({ service: 'stock', count: 6 }),
      failure({ service: 'stock', count: 2, message: 'y' }),
      failure({ service: 'mail', count: 2 }),
    ];
    const signs = errorSigns(findings({ failures, graph: callGraph() }));
    assert.deepEqual(
      signs.map(({ service, score }) => [service, score]),
      [
        ['stock', 0.8],
        ['mail', 0.2],
      ],
    );
    assert.equal(signs[0]?.reason, 'errors begin there (8 requests: TypeError: x is undefined)');
  });

  it('leaves out who only passes errors on', () => {
    const failures = [failure({ service: 'shop', count: 50 }), failure({ service: 'stock', count: 10 })];
    assert.deepEqual(
      errorSigns(findings({ failures })).map(({ service }) => service),
      ['stock'],
    );
  });

  it('blames the client for a call that it gave up', () => {
    const [sign] = errorSigns(findings({ failures: [failure({ message: 'context canceled' })] }));
    assert.equal(sign?.score, 0.25);
  });

  it('weighs messages by their number', () => {
    const [few, many] = [1, 90].map((during) => {
      const change = { template: 'm', example: 'm', before: 0, during, isNew: true };
      return errorSigns(findings({ templates: [template('m', { change })] }))[0];
    });
    assert.ok((few?.score ?? 1) < 0.1 && (many?.score ?? 0) >= 0.9);
    assert.equal(many?.reason, 'it logs a new message: m');
  });
});

describe('isEcho', () => {
  it('is a service that fails while one that it calls fails', () => {
    const both = findings({ failures: [failure({ service: 'web' }), failure({ service: 'stock' })] });
    assert.equal(isEcho('web', both), true);
    assert.equal(isEcho('stock', both), false);
  });

  it('is neither of two that call each other', () => {
    const circle = findings({ graph: callGraph({ a: ['b'], b: ['a'] }), failures: [failure({ service: 'a' }), failure({ service: 'b' })] });
    assert.deepEqual([isEcho('a', circle), isEcho('b', circle)], [false, false]);
  });
});
