import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFrontMatter } from '../../../src/knowledge/frontMatter';

const read = (text: string) => readFrontMatter(text.split('\n'));

describe('the front matter of a runbook', () => {
  it('names services, alerts, types and tags in any of the usual ways', () => {
    const found = read(
      '---\ntitle: "Checkout: slow"\nservices: [checkout, \'payment-api\']\nalerts:\n  - CheckoutSlow\n  - Apdex, Low\ntype: latency_regression\nowner: shop\ntags: p95\n---\n# Text',
    );
    assert.deepEqual(found, {
      title: 'Checkout: slow',
      services: ['checkout', 'payment-api'],
      alerts: ['CheckoutSlow', 'Apdex', 'Low'],
      types: ['latency_regression'],
      tags: ['p95'],
      bodyLine: 10,
    });
  });

  it('does not take items of other lists', () => {
    assert.deepEqual(read('---\nservices: []\nowners:\n- ada\nservice:\n- cart\n---').services, ['cart']);
  });

  it('is none in a text that only begins with a line of dashes', () => {
    assert.equal(read('---\nservices: [a]').bodyLine, 0);
    assert.equal(read(`---\n${'x\n'.repeat(500)}---`).bodyLine, 0);
    assert.equal(read('# Title\n---\nservices: [a]\n---').services.length, 0);
  });

  it('ends within the text, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom('---', 'services:', '- a', 'tags: [', '['), fc.string())), (lines) => {
        const { bodyLine } = readFrontMatter(lines);
        assert.ok(bodyLine >= 0 && bodyLine <= lines.length);
      }),
    );
  });
});
