import assert from 'node:assert/strict';
import { logText } from '../../../../src/investigation/perceive/logText';
import { log } from '../../../fakes/incidents';

describe('logText', () => {
  const event = log(0, '', { attributes: { error: { kind: 'E', stack: '' }, 'dd.service': 'x', count: 3 } });

  it('reads nested and dotted attributes that are texts', () => {
    assert.equal(logText(event, 'error', 'kind'), 'E');
    assert.equal(logText(event, 'dd', 'service'), 'x');
  });

  it('reads nothing else', () => {
    assert.equal(logText(event, 'error', 'stack'), null);
    assert.equal(logText(event, 'count'), null);
    assert.equal(logText(event, 'error', 'constructor'), null);
    assert.equal(logText(event, '__proto__', 'toString'), null);
  });
});
