import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tokensOf } from '../../../src/knowledge/tokens';

describe('the words of a text', () => {
  it('are found inside of identifiers, paths and error codes', () => {
    assert.deepEqual(tokensOf('KubePodCrashLooping'), ['kubernet', 'pod', 'crash', 'loop']);
    assert.deepEqual(tokensOf('db_pool_exhausted'), ['databas', 'pool', 'exhaust']);
    assert.deepEqual(tokensOf('src/checkout/HTTPServer.ts'), ['src', 'checkout', 'server', 'ts']);
    assert.deepEqual(tokensOf('payment-gateway.retry.maxAttempts'), ['payment', 'gatewai', 'retri', 'max', 'attempt']);
    assert.deepEqual(tokensOf('ORA-00060'), ['ora', '00060']);
  });

  it('are the same for an abbreviation or a code and what it stands for', () => {
    assert.deepEqual(tokensOf('ENOSPC'), tokensOf('disk space full'));
    assert.deepEqual(tokensOf('ECONNREFUSED'), tokensOf('connections refused'));
    assert.deepEqual(tokensOf('OOMKilled'), ['oom', 'memori', 'kill']);
    assert.deepEqual(tokensOf('EAI_AGAIN'), tokensOf('dns resolving'));
    assert.deepEqual(tokensOf('pg conns'), tokensOf('Postgres connection'));
  });

  it('are stemmed, without the words that stand everywhere', () => {
    assert.deepEqual(tokensOf('The connections were refused by the servers'), ['connect', 'refus', 'server']);
  });

  it('are compared without accents and in every script', () => {
    assert.deepEqual(tokensOf('Überlauf café'), tokensOf('uberlauf cafe'));
    assert.deepEqual(tokensOf('支払い失敗'), ['支払', '払い', 'い失', '失敗']);
    assert.deepEqual(tokensOf('Ошибка сети'), ['ошибка', 'сети']);
  });

  it('are found in any text, as many as it has room for', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('é', '日本', '\ud800', '😀', 'aB', '_', 'ﬁ'))), (parts) => {
        const text = parts.join('');
        for (const token of tokensOf(text)) assert.match(token, /^\S+$/u);
        assert.ok(tokensOf(text).length <= 3 * text.normalize('NFKD').length);
      }),
    );
  });

  it('are cut where one run of characters never ends', () => {
    assert.equal(tokensOf('x'.repeat(1_000_000)).join('').length, 256);
    assert.ok(tokensOf('aB'.repeat(500_000)).length <= 256);
  });
});
