import assert from 'node:assert/strict';
import { behaviorMiner } from '../../../../src/agents/behaviorMiner/behaviorMiner';
import type { BehaviorProfile } from '../../../../src/agents/behaviorMiner/mineBehavior';
import { caseSections } from '../../../../src/agents/caseFile';
import { guidedSteps } from '../../../../src/agents/guidedSteps/guidedSteps';
import { permittedSections } from '../../../../src/agents/redaction/permittedSections';
import type { Step } from '../../../../src/domain/investigation';
import { type SentField, sentFields } from '../../../../src/domain/modelPrivacy';
import { caseFile, fact, runbook } from '../../../fakes/agentCase';
import { times } from '../../../fakes/behavior';

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

  it('has conclusions without a word that they quote where one of their sources may not be sent', () => {
    const concluding = caseSections(caseFile());
    const all = permittedSections(concluding, sentFields)
      .flatMap(({ lines }) => lines)
      .join('\n');
    assert.match(all, /H1 \(code_change, service shop, confidence high\): Commit a1b2c3d "Tidy prices" broke shop/);
    for (const field of ['alert', 'metrics', 'logs', 'traces', 'changes'] as const) {
      const bare = permittedSections(
        concluding,
        sentFields.filter((one) => one !== field),
      ).flatMap(({ lines }) => lines);
      assert.ok(bare.includes('H1 (code_change, service shop, confidence high)'), field);
      assert.ok(bare.includes('H1 for: E3, E2; against: nothing'), field);
      assert.ok(!bare.some((line) => line.startsWith('H1 why')), field);
    }
    const without = permittedSections(
      concluding,
      sentFields.filter((one) => one !== 'conclusions'),
    ).map(({ title }) => title);
    assert.ok(!without.includes('Hypotheses, best first') && !without.includes('Checks'));
  });

  it('has no role and no habits of a person, and no steps that quote runbooks, where those may not be sent', () => {
    const file = caseFile({ person: { role: 'Quokka engineer', records: [] } });
    const step: Step = {
      id: 'S1',
      title: 'Follow “Quokka runbook”',
      rationale: 'It fits.',
      action: 'open_link',
      minutes: 5,
      evidence: [],
      hypothesis: null,
      link: null,
    };
    const profile = {
      patterns: [{ id: 'P1', kind: 'repeated_title', what: 'x', text: 'You like quokkas.' }],
      preferences: [],
    } as unknown as BehaviorProfile;
    const words = (fields: readonly SentField[]) =>
      permittedSections(guidedSteps.sections({ file, drafts: [step], profile }), fields)
        .flatMap(({ lines }) => lines)
        .join('\n');
    assert.match(words(sentFields), /Quokka engineer[\s\S]*/);
    assert.match(words(sentFields), /Quokka runbook/);
    assert.doesNotMatch(words(sentFields.filter((one) => one !== 'person')), /Quokka engineer/);
    assert.doesNotMatch(words(sentFields.filter((one) => one !== 'runbooks')), /Quokka runbook/);
  });

  it('has a runbook that was kept from an earlier incident only where all that it was drafted from may be sent', () => {
    const runbooks = [
      runbook({ excerpt: 'Written by the team.' }),
      runbook({ id: 'K2', origin: 'learned', excerpt: 'Quokka threw an error.' }),
    ];
    const words = (fields: readonly SentField[]) =>
      permittedSections(caseSections(caseFile({ runbooks })), fields)
        .flatMap(({ lines }) => lines)
        .join('\n');
    assert.match(words(sentFields), /Written by the team[\s\S]*Quokka/);
    assert.match(words(['runbooks']), /Written by the team/);
    for (const field of sentFields.filter((one) => one !== 'person'))
      assert.doesNotMatch(words(sentFields.filter((one) => one !== field)), /Quokka/, field);
  });

  it('has habits by the title of a step only where all that a step may quote may be sent', () => {
    const words = (fields: readonly SentField[]) =>
      permittedSections(behaviorMiner.sections(times(3, { title: 'Open quokka.js:4' })), fields)
        .flatMap(({ lines }) => lines)
        .join('\n');
    assert.match(words(sentFields), /quokka/);
    assert.match(words(['person']), /In error burst incidents you mostly choose "open code"/);
    for (const field of sentFields) assert.doesNotMatch(words(sentFields.filter((one) => one !== field)), /quokka/, field);
  });

  it('is never less than what code settled, which names nobody', () => {
    assert.match(told([]), /^Settled by code\n/);
    assert.doesNotMatch(told([]), /cpu|log line|Incident/);
  });
});
