import assert from 'node:assert/strict';
import { parseCommand } from '../../../src/cli/arguments';
import { modelsOf } from '../../../src/cli/modelArguments';

describe('the language models of a command line', () => {
  it('are none unless one is named', () => {
    assert.deepEqual(modelsOf({}), { model: null, fallbackModel: null });
    assert.deepEqual(modelsOf({ model: 'none' }), { model: null, fallbackModel: null });
  });

  it('are named with their provider, and may have an address and a fallback', () => {
    assert.deepEqual(modelsOf({ model: 'ollama:llama3.2:3b' }).model, { provider: 'ollama', model: 'llama3.2:3b', baseUrl: null });
    assert.deepEqual(
      modelsOf({ model: 'openai:local', 'model-url': 'http://127.0.0.1:1234/v1' }).model?.baseUrl,
      'http://127.0.0.1:1234/v1',
    );
    assert.deepEqual(modelsOf({ model: 'ollama:a', 'fallback-model': 'minimax' }).fallbackModel, {
      provider: 'anthropic',
      model: 'MiniMax-M3',
      baseUrl: 'https://api.minimax.io/anthropic',
      vendor: 'minimax',
    });
  });

  it('are part of `aidog investigate`', () => {
    assert.partialDeepStrictEqual(parseCommand(['investigate', '--recording', 'x', '--model', 'anthropic:claude-haiku-4-5']), {
      kind: 'investigate',
      model: { provider: 'anthropic', model: 'claude-haiku-4-5', baseUrl: null },
      fallbackModel: null,
    });
  });

  it('may have a price', () => {
    assert.deepEqual(modelsOf({ model: 'openai:a', 'model-price': '2.5/10' }).modelPrice, { inputUsd: 2.5, outputUsd: 10 });
  });

  for (const [values, message] of [
    [{ model: 'gpt-4o' }, /--model is none, ollama:NAME.*not "gpt-4o"/],
    [{ model: 'ollama:' }, /--model is none/],
    [{ model: 'ollama:a', 'fallback-model': 'b' }, /--fallback-model is none/],
    [{ 'model-url': 'https://a.example' }, /--model-url goes with --model only/],
    [{ 'fallback-model': 'ollama:a' }, /--fallback-model goes with --model only/],
    [{ model: 'ollama:a', 'model-url': 'http://gpu.example:11434' }, /--model-url takes an https address, or an http address on this/],
    [{ model: 'openai:a', 'model-url': 'not an address' }, /--model-url takes/],
    [{ 'model-price': '3/15' }, /--model-price goes with --model only/],
    [{ model: 'openai:a', 'model-price': '3' }, /IN\/OUT such as 3\/15, not "3"/],
  ] as const)
    it(`are refused in ${JSON.stringify(values)} with what to mend`, () => {
      assert.throws(() => modelsOf(values), { kind: 'bad_input', message });
    });
});
