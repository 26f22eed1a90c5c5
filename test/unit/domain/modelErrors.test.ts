import assert from 'node:assert/strict';
import { modelKeyMissing, modelKeyRefused, modelMissing, ollamaModelMissing, ollamaNotRunning } from '../../../src/domain/modelErrors';

describe('errors of language models', () => {
  it('tell what to do in a terminal as well, where VS Code has no commands', () => {
    for (const { message } of [ollamaNotRunning('http://127.0.0.1:11434'), modelMissing('gpt-x', 'https://api.openai.com/v1')])
      assert.doesNotMatch(message, /AIDog:/);
    assert.match(modelKeyMissing('https://a.example', 'OPENAI_API_KEY').message, /"AIDog: Set Model Key…", or set OPENAI_API_KEY\.$/);
    assert.match(modelKeyRefused('https://a.example').message, /or correct the environment variable that it comes from\.$/);
    assert.match(ollamaModelMissing('tiny').message, /or with: ollama pull tiny$/);
  });
});
