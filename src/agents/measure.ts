import type { Hypothesis } from '../domain/hypothesis';
import { type CaseFile, caseSections, strengthOf, toldEvidence } from './caseFile';
import type { Measure } from './citedText';
import { groundOf } from './grounding';

/** Sections that every sentence may speak of without citing a fact. */
const SHARED = ['Settled by code', 'Incident'];

/** What a model's words about a case are held against; about one hypothesis where that is given. */
export function measureOf(file: CaseFile, hypothesis: Hypothesis | null = null, more: readonly string[] = []): Measure {
  const sections = caseSections(file);
  const known = [...sections.flatMap(({ lines }) => lines), ...more].join('\n');
  const facts = toldEvidence(file);
  const about = hypothesis ?? file.hypotheses[0];
  const reason = about === undefined ? [] : [about.kind, about.title, about.service ?? '', strengthOf(about), ...about.missing];
  const shared = sections.filter(({ title }) => SHARED.includes(title)).flatMap(({ lines }) => lines);
  return {
    ground: groundOf(file, known, hypothesis),
    facts: new Map(facts.map(({ id, summary }) => [id, summary])),
    shared: [...shared, ...reason, ...more].join('\n'),
    links: facts.flatMap(({ link }) => (link === null ? [] : [link])),
  };
}
