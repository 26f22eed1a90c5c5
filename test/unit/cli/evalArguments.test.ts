import assert from 'node:assert/strict';
import { parseCommand } from '../../../src/cli/arguments';

describe('aidog eval arguments', () => {
  it('takes sets, a folder and the form of the answer', () => {
    assert.deepEqual(parseCommand(['eval', 'rca', '--set', 'net', '--set=code', '--data', '/data', '--json']), {
      kind: 'eval',
      what: 'rca',
      sets: ['net', 'code'],
      dataDir: '/data',
      isJson: true,
      model: null,
      fallbackModel: null,
    });
    assert.deepEqual(parseCommand(['eval', 'rca']), {
      kind: 'eval',
      what: 'rca',
      sets: [],
      dataDir: null,
      isJson: false,
      model: null,
      fallbackModel: null,
    });
    const named = parseCommand(['eval', 'rca', '--model', 'ollama:tiny']);
    assert.equal('model' in named && typeof named.model === 'object' ? named.model?.model : null, 'tiny');
  });

  it('says what to mend', () => {
    for (const args of [[], ['logs'], ['rca', 'more']])
      assert.throws(() => parseCommand(['eval', ...args]), /say what to evaluate: "aidog eval rca"\./);
    assert.throws(() => parseCommand(['eval', 'rca', '--data', '']), /--data is empty/);
    assert.throws(() => parseCommand(['eval', 'rca', '--set=']), /--set is empty/);
    assert.throws(() => parseCommand(['eval', 'rca', '--limit', '3']), /--limit/);
  });
});
