import * as z from 'zod/mini';
import type { Severity } from '../../domain/monitor';
import type { Agent } from '../agent';
import { type CaseFile, caseSections, toldEvidence } from '../caseFile';
import { type CitedSentence, citedText } from '../citedText';
import { measureOf } from '../measure';
import { cited, listOf } from '../shapes';
import { missingWhy, plainSummary } from './plainSummary';

/** The envelope of an incident. All but the summary is what code found; a model writes the summary. */
export interface IncidentEnvelope {
  readonly title: string;
  readonly severity: Severity;
  readonly primarySymptom: string;
  readonly blastRadius: readonly string[];
  readonly affectedServices: readonly string[];
  /** Two or three sentences that cite evidence as `[E3]`, and code's own where they do not name what is to blame. */
  readonly summary: string;
}

type Answer = { readonly sentences: readonly { readonly text: string; readonly evidence: string[] }[] };

const MAX_SENTENCES = 3;
const MIN_SENTENCES = 2;

/** Tells in two or three sentences what happens, to whom, and why, for whoever joins now. */
export const incidentSummarizer: Agent<CaseFile, Answer, IncidentEnvelope> = {
  name: 'incident_summarizer',
  maxOutputTokens: 500,
  outputSchema: (file) =>
    z.strictObject({ sentences: listOf(cited(toldEvidence(file).map(({ id }) => id)), MAX_SENTENCES).check(z.minLength(1)) }),
  sections: caseSections,
  accept({ sentences }, file) {
    const { text, evidence, faults } = citedText(sentences as readonly CitedSentence[], measureOf(file), MAX_SENTENCES);
    const isEnough = evidence.length > 0 && text.split(/(?<=[.!?]) (?=[\p{Lu}\p{N}“"])/u).length >= MIN_SENTENCES;
    const whole = [text, missingWhy(text, file)].filter((part) => part !== null).join(' ');
    return { output: isEnough ? envelope(file, whole) : null, faults: isEnough ? faults : [...faults, 'too few sentences are left'] };
  },
  fallback: (file) => envelope(file, plainSummary(file)),
};

function envelope({ incident: { title, severity, primarySymptom, blastRadius }, culprits }: CaseFile, summary: string): IncidentEnvelope {
  const known = new Set(culprits.map(({ service }) => service));
  const affectedServices = blastRadius.filter((service) => known.has(service));
  return { title, severity, primarySymptom, blastRadius, affectedServices, summary };
}
