import assert from 'node:assert/strict';
import fc from 'fast-check';
import { forLabel, forNotification, forTitle } from '../../../src/ui/plainText';

describe('text from telemetry', () => {
  it('draws no icon in a label', () => {
    assert.equal(forLabel('$(flame) on fire'), '\\$(flame) on fire');
  });

  it('stays on one line and is cut in a label', () => {
    assert.equal(forLabel('a\nb\t c'), 'a b c');
    assert.equal(forLabel('x'.repeat(1000), 20), `${'x'.repeat(19)}…`);
  });

  it('is cut between characters in a title, and only where it is too long', () => {
    assert.deepEqual([forTitle('four', 4), forTitle('four five', 6), forTitle('🐕🐕🐕', 2)], ['four', 'four…', '🐕…']);
  });

  it('makes no link in a notification', () => {
    const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)/;
    assert.doesNotMatch(forNotification('see [here](command:workbench.action.quit)'), link);
    fc.assert(
      fc.property(fc.string(), fc.string(), (label, target) => {
        assert.doesNotMatch(forNotification(`[${label}](command:${target})`), link);
      }),
    );
  });
});
