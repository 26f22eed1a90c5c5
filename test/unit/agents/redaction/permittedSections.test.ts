import assert from 'node:assert/strict';
import { caseSections } from '../../../../src/agents/caseFile';
import { permittedSections } from '../../../../src/agents/redaction/permittedSections';
import { type SentField, sentFields } from '../../../../src/domain/modelPrivacy';
import { caseFile, fact } from '../../../fakes/agentCase';

const file = caseFile({
  evidence: [fact('E1', 'cpu rose'), fact('E2', 'a log line', { kind: 'logs' }), fact('E3', 'a commit', { kind: 'commit' })],
  hypotheses: [],
});
const sections = caseSections(file);
const told = (fields: readonly SentField[] | null) =>
  permittedSections(sections, fields)
    .filter(({ lines }) => lines.length > 0)
    .flatMap(({ title, lines }) => [title, ...lines])
    .join('\n');

describe('what a person permits to send', () => {
  it('is everything where nothing is forbidden', () => {
    assert.equal(permittedSections(sections, null), sections);
    for (const part of [/Settled/, /Incident/, /cpu rose/, /a log line/, /a commit/]) assert.match(told(sentFields), part);
  });

  it('leaves out whole parts and single facts by their kind', () => {
    assert.doesNotMatch(told(['alert', 'metrics']), /a log line|a commit|Hypotheses/);
    assert.match(told(['alert', 'metrics']), /Incident[\s\S]*cpu rose/);
    assert.match(told(['changes']), /a commit/);
  });

  it('is never less than what code settled, which names nobody', () => {
    assert.match(told([]), /^Settled by code\n/);
    assert.doesNotMatch(told([]), /cpu|log line|Incident/);
  });
});
