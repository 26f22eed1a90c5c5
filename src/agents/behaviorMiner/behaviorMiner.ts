import * as z from 'zod/mini';
import type { BehaviorRecord } from '../../domain/behavior';
import type { SentField } from '../../domain/modelPrivacy';
import type { Agent } from '../agent';
import type { Measure } from '../citedText';
import { fitTitle } from '../citedText';
import type { PromptSection } from '../promptText';
import { quotedFields } from '../redaction/permittedSections';
import { listOf, oneOf, words } from '../shapes';
import { type BehaviorProfile, mineBehavior } from './mineBehavior';

type Answer = { readonly patterns: { readonly id: string; readonly text: string }[] };

const MAX_TEXT = 160;
/** Titles of steps quote what the steps were drawn from. */
const TITLE_FIELDS: readonly SentField[] = ['conclusions', 'runbooks', ...quotedFields];

/** Learns habits from what was accepted, rejected and done. Code counts; a model may word what was counted. */
export const behaviorMiner: Agent<readonly BehaviorRecord[], Answer, BehaviorProfile> = {
  name: 'behavior_miner',
  maxOutputTokens: 500,
  outputSchema: (records) => {
    const ids = mineBehavior(records).patterns.map(({ id }) => id);
    return z.strictObject({ patterns: listOf(z.strictObject({ id: oneOf(ids), text: words(MAX_TEXT) }), Math.max(1, ids.length)) });
  },
  sections: (records) => sections(mineBehavior(records)),
  accept({ patterns }, records) {
    const mined = mineBehavior(records);
    const worded = mined.patterns.map((pattern) => {
      const text = patterns.find(({ id }) => id === pattern.id)?.text;
      const fit = text === undefined ? { title: null, faults: [`${pattern.id} is not worded`] } : fitTitle(text, measure(mined), MAX_TEXT);
      return {
        pattern: fit.title === null ? pattern : { ...pattern, text: `${fit.title}.` },
        faults: fit.faults,
        isWorded: fit.title !== null,
      };
    });
    const faults = [...new Set(worded.flatMap((one) => one.faults))];
    const isAny = worded.some(({ isWorded }) => isWorded);
    return { output: isAny ? { ...mined, patterns: worded.map(({ pattern }) => pattern) } : null, faults };
  },
  fallback: mineBehavior,
};

function sections({ preferences, patterns }: BehaviorProfile): readonly PromptSection[] {
  return [
    {
      title: 'Patterns',
      field: 'person',
      isData: true,
      maxCharacters: 2000,
      lines: patterns.map(({ id, text }) => `${id}: ${text}`),
      lineFields: patterns.map(({ kind }) => (kind === 'repeated_title' ? TITLE_FIELDS : [])),
    },
    {
      title: 'Preferences',
      field: 'person',
      isData: true,
      maxCharacters: 1500,
      lines: preferences.map(
        ({ subject, kind, accepted, rejected, executed }) =>
          `${subject} ${kind}: accepted ${accepted}, done ${executed}, rejected ${rejected}`,
      ),
    },
  ];
}

function measure(profile: BehaviorProfile): Measure {
  const known = sections(profile)
    .flatMap(({ lines }) => lines)
    .join('\n');
  return { facts: new Map(), shared: known, links: [], ground: { known, services: [], commits: [], blamed: null, isHealthy: false } };
}
