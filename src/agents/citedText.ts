import { oneLine } from '../domain/plainText';
import { claimFaults } from './claims';
import { type Ground, groundFaults } from './grounding';
import { sentencesOf } from './quality/words';
import { NO_ID } from './shapes';
import { textFaults } from './textQuality';

/** A sentence of a model with the facts that it rests on. */
export interface CitedSentence {
  readonly text: string;
  readonly evidence: readonly string[];
}

/** What of a model's words may be kept. */
export interface Judged {
  /** Empty where nothing may. */
  readonly text: string;
  readonly evidence: readonly string[];
  readonly faults: readonly string[];
}

export interface Measure {
  readonly ground: Ground;
  /** What the facts that exist say, by their ids. */
  readonly facts: ReadonlyMap<string, string>;
  /** What may be spoken of whichever facts are cited. */
  readonly shared: string;
  readonly links: readonly string[];
}

const INLINE = /\s*[[(]\s*(E\d{1,4}(?:\s*[,;]\s*E\d{1,4})*)\s*[\])]/g;
const MENTION = /\bE\d{1,4}\b/g;
const MAX_CITED = 4;

/** The sentences that are fit, each with its citations as `[E3, E4]` before its full stop; the others are dropped. */
export function citedText(sentences: readonly CitedSentence[], measure: Measure, maxSentences: number): Judged {
  const judged = sentences.flatMap((sentence) => parts(sentence)).map((sentence) => judge(sentence, measure));
  const kept = judged.filter(({ text }) => text !== '').filter(({ text }, at, all) => all.findIndex((other) => other.text === text) === at);
  const text = kept
    .slice(0, maxSentences)
    .map((one) => one.text)
    .join(' ');
  const whole = text === '' ? [] : textFaults(text, { kind: 'sentences', known: measure.ground.known, links: measure.links });
  return {
    text: whole.length > 0 ? '' : text,
    evidence: [...new Set(kept.flatMap((one) => one.evidence))],
    faults: [...new Set([...judged.flatMap(({ faults }) => faults), ...whole])],
  };
}

/** Several sentences in one entry rest on the same facts, save where they cite others themselves. */
function parts({ text, evidence }: CitedSentence): readonly CitedSentence[] {
  return sentencesOf(text.replace(/([.!?])\s*((?:\s*\[E\d[^\]]{0,60}\])+)/g, ' $2$1')).map((sentence) => ({ text: sentence, evidence }));
}

function judge({ text, evidence }: CitedSentence, { ground, facts, shared, links }: Measure): Judged {
  const inline = [...text.matchAll(INLINE)].flatMap(([, list]) => list?.match(MENTION) ?? []);
  const cited = [...new Set([...inline, ...evidence])].filter((id) => id !== NO_ID);
  const bare = oneLine(text.replace(INLINE, ''), 600);
  const backing = [shared, ...cited.map((id) => facts.get(id) ?? '')].join('\n');
  const isInvented = cited.some((id) => !facts.has(id)) || mentionsOther(bare, facts);
  const faults = [
    ...(cited.length === 0 ? ['a sentence cites nothing'] : []),
    ...(isInvented ? ['it cites what does not exist'] : []),
    ...textFaults(text.replace(INLINE, ''), { kind: 'sentences', known: ground.known, links }),
    ...groundFaults(bare, ground),
    ...(ground.isTest ? [] : claimFaults(bare, { text: backing, services: ground.services })),
  ];
  if (faults.length > 0) return { text: '', evidence: [], faults };
  return { text: withCitations(bare, cited.slice(0, MAX_CITED)), evidence: cited, faults: [] };
}

/** The mark that ends a sentence; the one in `product_id = ?` ends none. */
const END = /(?<=[\p{L}\p{N}"”'’`)\]%])[.!?]$/u;

/** `Orders fail [E3].` */
export function withCitations(sentence: string, ids: readonly string[]): string {
  const end = END.exec(sentence)?.[0] ?? '.';
  const body = sentence.replace(END, '');
  return ids.length === 0 ? `${body}${end}` : `${body} [${ids.join(', ')}]${end}`;
}

/** Speaks of a fact that does not exist; a code of an error that looks like one is not worth the risk. */
const mentionsOther = (text: string, facts: Measure['facts']) => (text.match(MENTION) ?? []).some((id) => !facts.has(id));

/** A heading that is fit; null for another. It claims little and cites nothing, but follows every other rule. */
export function fitTitle(
  text: string,
  { ground, links, facts }: Measure,
  maxCharacters = 120,
): { readonly title: string | null; readonly faults: readonly string[] } {
  const faults = [
    ...textFaults(text, { kind: 'title', known: ground.known, links }),
    ...groundFaults(text, ground),
    ...(mentionsOther(text, facts) ? ['it cites what does not exist'] : []),
    ...(text.length > maxCharacters ? ['a title is too long'] : []),
  ];
  return { title: faults.length > 0 ? null : oneLine(text, maxCharacters).replace(/\.$/, ''), faults };
}

/** A title with its reason, as far as they are fit. */
export interface FitWords {
  readonly title: string | null;
  /** Empty where nothing of it is. */
  readonly rationale: string;
  readonly evidence: readonly string[];
  readonly faults: readonly string[];
}

type TitleAndReason = { readonly title: string; readonly rationale: string; readonly evidence: readonly string[] };

/**
 * Judges titles and reasons that stand in one list, each with the facts that both rest on and its own measure. What was said before
 * in the list is not fit to be said again: a model that has nothing to say repeats itself.
 */
export function wordsJudge(): (words: TitleAndReason, measure: Measure) => FitWords {
  const said = new Set<string>();
  const isNew = (text: string) => {
    const isKnown = said.has(text);
    said.add(text);
    return !isKnown;
  };
  return ({ title, rationale, evidence }, measure) => {
    const named = fitTitle(title, measure);
    const why = citedText([{ text: rationale, evidence }], measure, 3);
    const [isNewTitle, isNewReason] = [isNew(title), isNew(rationale)];
    return {
      title: isNewTitle ? named.title : null,
      rationale: isNewReason ? why.text : '',
      evidence: isNewReason ? why.evidence : [],
      faults: [...named.faults, ...why.faults, ...(isNewTitle && isNewReason ? [] : ['it repeats itself'])],
    };
  };
}
