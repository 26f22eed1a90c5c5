import assert from 'node:assert/strict';
import { Meter } from '../../../src/models/meter';

const unlimited = { tokens: null, costUsd: null, seconds: null };

describe('the meter of a budget', () => {
  let nowMs = 0;
  beforeEach(() => {
    nowMs = 1000;
  });
  const meter = (limits: object) => new Meter({ ...unlimited, ...limits }, () => nowMs);
  const amount = (tokens: number, costUsd: number | null = 0) => ({ tokens, costUsd });

  it('counts what is under way with the most that it can take, and then with what it took', () => {
    const used = meter({ tokens: 100 });
    const first = used.reserve(amount(60));
    assert.throws(() => used.reserve(amount(60)), { kind: 'configuration', message: /the 100 tokens/ });
    first.settle(amount(30));
    used.reserve(amount(60)).settle(amount(60));
    assert.equal(used.snapshot().tokens, 90);
    assert.throws(() => used.reserve(amount(11)), /the 100 tokens/);
  });

  it('holds money, and says when a price was not known', () => {
    const used = meter({ costUsd: 0.5 });
    used.reserve(amount(10, 0.3)).settle(amount(10, 0.3));
    assert.equal(used.snapshot().isCostKnown, true);
    assert.throws(() => used.reserve(amount(10, 0.3)), /the 0\.5 US dollars/);
    used.reserve(amount(10, null)).settle(amount(10, null));
    assert.partialDeepStrictEqual(used.snapshot(), { costUsd: 0.3, isCostKnown: false, requests: 2 });
  });

  it('does not call a cost unknown that never arose', () => {
    const used = meter({});
    used.reserve(amount(10, null)).settle(amount(0, null));
    assert.equal(used.snapshot().isCostKnown, true);
  });

  it('counts the time during which anything was under way, once', () => {
    const used = meter({ seconds: 10 });
    const first = used.reserve(amount(1));
    nowMs += 3000;
    const second = used.reserve(amount(1));
    nowMs += 1000;
    first.settle(amount(1));
    nowMs += 2000;
    assert.equal(used.msLeft, 4000);
    second.settle(amount(1));
    nowMs += 60_000;
    assert.equal(used.snapshot().seconds, 6);
    const third = used.reserve(amount(1));
    nowMs += 4000;
    assert.throws(() => used.reserve(amount(1)), /The 10 s that language models may take/);
    third.settle(amount(1));
  });

  it('holds nothing without limits', () => {
    const used = meter({});
    used.reserve(amount(1e9, 1e6)).settle(amount(1e9, 1e6));
    assert.equal(used.msLeft, Number.POSITIVE_INFINITY);
    assert.partialDeepStrictEqual(used.snapshot(), { tokensLimit: null, costLimitUsd: null, secondsLimit: null, tokens: 1e9 });
  });
});
