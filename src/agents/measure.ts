import type { Hypothesis } from '../domain/hypothesis';
import { type CaseFile, caseSections, toldEvidence } from './caseFile';
import type { Measure } from './citedText';
import { groundOf } from './grounding';

/** What a model's words about a case are held against; about one hypothesis where that is given. */
export function measureOf(file: CaseFile, hypothesis: Hypothesis | null = null, more: readonly string[] = []): Measure {
  const known = [...caseSections(file).flatMap(({ lines }) => lines), ...more].join('\n');
  const facts = toldEvidence(file);
  return {
    ground: groundOf(file, known, hypothesis),
    ids: facts.map(({ id }) => id),
    links: facts.flatMap(({ link }) => (link === null ? [] : [link])),
  };
}
