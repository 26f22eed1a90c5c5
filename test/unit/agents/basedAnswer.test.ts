import assert from 'node:assert/strict';
import { basedAnswer } from '../../../src/agents/basedAnswer';
import { words } from '../../../src/agents/shapes';
import { caseFile } from '../../fakes/agentCase';

interface Entry {
  readonly basis: string;
  readonly title: string;
  readonly evidence: string[];
}

describe('an answer about drafts', () => {
  const schema = basedAnswer<'steps', Entry>('steps', 2, caseFile(), [{ id: 'S1' }], { title: words(20) });
  const isFit = (...steps: readonly unknown[]) => schema.safeParse({ steps }).success;
  const entry = { basis: 'S1', title: 'Look at it', evidence: ['E3'] };

  it('rewords drafts that are there or adds to them, with facts that are there', () => {
    assert.ok(isFit(entry, { ...entry, basis: 'new' }));
    assert.ok(!isFit({ ...entry, basis: 'S2' }) && !isFit({ ...entry, evidence: ['E99'] }));
  });

  it('has an entry at least, no more than may be, and the fields that were asked for only', () => {
    assert.ok(!isFit() && !isFit(entry, entry, entry));
    assert.ok(!isFit({ ...entry, verdict: 'healthy' }) && !isFit({ ...entry, title: 'x'.repeat(21) }));
  });
});
