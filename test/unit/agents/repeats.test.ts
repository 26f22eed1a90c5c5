import assert from 'node:assert/strict';
import { repeats } from '../../../src/agents/repeats';

describe('a sentence that says the same again', () => {
  it('has most of its words from another, whatever their order', () => {
    const reason = 'container.cpu.usage went from 35 % to 96 % [E2, E3].';
    assert.ok(repeats('container.cpu.usage rose from 35 % to 96 % (medians)', [reason]));
    assert.ok(!repeats('shop failed 40 times since 12:00 UTC: timeout', [reason]));
    assert.ok(!repeats('anything else', []));
  });
});
