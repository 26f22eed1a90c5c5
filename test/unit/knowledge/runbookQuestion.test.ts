import assert from 'node:assert/strict';
import { asQuestion, foundWords } from '../../../src/knowledge/runbookQuestion';
import { tokensOf } from '../../../src/knowledge/tokens';

describe('the words that a runbook was found by', () => {
  it('are words for a person: as they were written, and no numbers', () => {
    const text = 'Disk of orders is full: 95 % of 200 in use';
    assert.deepEqual(foundWords(asQuestion(text), new Set(tokensOf('disk full 95 200')), 8), ['Disk', 'full']);
  });
});
