import assert from 'node:assert/strict';
import { EvidenceBook, type Fact } from '../../../src/investigation/evidenceBook';

const fact = (given: Partial<Fact> = {}): Fact => ({
  kind: 'logs',
  source: 'datadog',
  query: 'service:x',
  window: { fromMs: 0, toMs: 60_000 },
  summary: 'x logged',
  value: null,
  link: null,
  ...given,
});

describe('EvidenceBook', () => {
  it('numbers facts and writes times down', () => {
    const book = new EvidenceBook();
    assert.deepEqual([book.add(fact()), book.add(fact({ window: null }))], ['E1', 'E2']);
    const [first, second] = book.all();
    assert.equal(first?.from, '1970-01-01T00:00:00.000Z');
    assert.equal(first.to, '1970-01-01T00:01:00.000Z');
    assert.equal(second?.from, null);
    assert.ok(!('window' in first));
  });

  it('keeps summaries to one plain line', () => {
    const book = new EvidenceBook();
    book.add(fact({ summary: `a\nb \u001b[31mred\u001b[0m ${'x'.repeat(900)}` }));
    const summary = book.all()[0]?.summary ?? '';
    assert.ok(summary.startsWith('a b red') && summary.length < 500 && !summary.includes('\u001b'));
  });

  it('replaces a stack without changing what was handed out before', () => {
    const book = new EvidenceBook();
    const id = book.add(fact());
    const before = book.all();
    book.withStack(id, [{ type: 'E', message: '', relation: null, frames: [] }]);
    book.withStack('E99', []);
    assert.equal(before[0]?.stack, undefined);
    assert.equal(book.all()[0]?.stack?.length, 1);
  });
});
