import assert from 'node:assert/strict';
import { estimateRequest, estimateTokens } from '../../../src/models/tokens';
import { request } from './parts';

describe('the estimate of tokens', () => {
  it('is a bit more than a quarter of the letters of English', () => {
    const text = 'The connection pool of the checkout service was exhausted after the deploy.';
    // 14 tokens in the vocabularies of GPT-4o and Llama 3.
    assert.ok(estimateTokens(text) >= 14 && estimateTokens(text) <= 28, `${estimateTokens(text)}`);
  });

  it('takes a letter of another script for a token', () => {
    assert.equal(estimateTokens('連接池耗盡'), 5);
    assert.equal(estimateTokens(''), 0);
  });

  it('covers the system text, the schema and every message', () => {
    const alone = estimateRequest(request());
    assert.ok(estimateRequest(request({ system: 'x'.repeat(350) })) >= alone + 80);
    assert.ok(estimateRequest(request({ schema: { enum: ['y'.repeat(350)] } })) >= alone + 50);
    assert.ok(
      estimateRequest(request({ messages: [...request().messages, { role: 'assistant', content: 'z'.repeat(350) }] })) >= alone + 99,
    );
  });
});
