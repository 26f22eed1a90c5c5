import type { Hypothesis } from '../domain/hypothesis';
import { type CaseFile, caseSections, strengthOf, toldEvidence } from './caseFile';
import type { Measure } from './citedText';
import { groundOf } from './grounding';

/** Sections that every sentence may speak of without citing a fact. */
const SHARED = ['Settled by code', 'Incident'];

/**
 * What a model's words about a case are held against; about one hypothesis where that is given. Runbooks bear out nothing: what they
 * tell of is another day's, or no day's.
 */
export function measureOf(file: CaseFile, hypothesis: Hypothesis | null = null): Measure {
  const sections = caseSections(file).filter(({ title }) => title !== 'Runbooks');
  const known = sections.flatMap(({ lines }) => lines).join('\n');
  const facts = toldEvidence(file);
  const about = hypothesis ?? file.hypotheses[0];
  const reason = about === undefined ? [] : [about.kind, about.title, about.service ?? '', strengthOf(about), ...about.missing];
  const shared = sections.filter(({ title }) => SHARED.includes(title)).flatMap(({ lines }) => lines);
  return {
    ground: groundOf(file, known, hypothesis),
    facts: new Map(facts.map(({ id, summary }) => [id, summary])),
    shared: [...shared, ...reason].join('\n'),
    links: facts.flatMap(({ link }) => (link === null ? [] : [link])),
  };
}

/** The measure of words that take the place of code's own: those may be said again. */
export function withOwnWords(measure: Measure, own: readonly string[]): Measure {
  const { ground, shared } = measure;
  return { ...measure, ground: { ...ground, known: [ground.known, ...own].join('\n') }, shared: [shared, ...own].join('\n') };
}
