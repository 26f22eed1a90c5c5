import { plainText } from '../domain/plainText';
import type { RunbookHit, RunbookOrigin } from '../domain/runbook';
import { createBm25, type Field, type Match } from './bm25';
import { type MarkdownRunbook, readMarkdown, type Section } from './markdown';
import { reciprocalRankFusion } from './reciprocalRank';
import { asQuestion, foundWords, type RunbookQuestion, typeToken, weightedTokens } from './runbookQuestion';
import { tokensOf } from './tokens';
import { createSubjectCheck } from './writtenFor';

/** A runbook as it was read. */
export interface RunbookDocument {
  readonly origin: RunbookOrigin;
  /** Markdown. */
  readonly text: string;
  /** See {@link RunbookHit}. */
  readonly path: string | null;
  readonly root: string | null;
  /** The title where the text has no heading, such as the name of the file. */
  readonly name: string;
}

/** A section of a runbook in an index. */
export interface IndexedSection extends Section {
  /** Place of its runbook in the index. */
  readonly runbook: number;
  readonly title: string;
}

export interface RunbookIndex {
  readonly sections: readonly IndexedSection[];
  /**
   * The best section of each runbook that fits, best first; none where no runbook has enough of the question's words. A runbook of
   * the team's own goes before one of AIDog's that fits about as well. `byMeaning` is another ranking of sections, best first,
   * which is merged by reciprocal rank.
   */
  search(question: string | RunbookQuestion, limit: number, byMeaning?: readonly IndexedSection[]): readonly RunbookHit[];
}

const TITLE_WEIGHT = 4;
const HEADING_WEIGHT = 2;
const TAG_WEIGHT = 3;
const BODY_WEIGHT = 1;

/** A runbook must have words for this share of the question's weight. */
const MIN_SHARE = 0.33;
/** So many runbooks, the nearest by meaning, need only half as many of its words. */
const NEAREST = 3;
/** What a team wrote itself knows its systems. */
const ORIGIN_FACTOR: Readonly<Record<RunbookOrigin, number>> = { workspace: 1.2, learned: 1.2, bundled: 1 };
const OWN_SERVICE_FACTOR = 1.25;
const OTHER_SERVICE_FACTOR = 0.6;
const MAX_EXCERPT = 700;
const MAX_MATCHED = 8;

interface Entry extends MarkdownRunbook {
  readonly document: RunbookDocument;
  readonly services: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
  /** Of the headings and texts of the sections, in order. */
  readonly tokens: readonly SectionTokens[];
}

interface SectionTokens {
  /** Empty for a heading that is the title. */
  readonly heading: readonly string[];
  readonly text: readonly string[];
}

export function createRunbookIndex(documents: readonly RunbookDocument[]): RunbookIndex {
  const entries = documents.map(entryOf);
  const sections = entries.flatMap(({ sections: own, title }, runbook) => own.map((section) => ({ ...section, runbook, title })));
  const whole = createBm25(entries.map(fieldsOf));
  const parts = createBm25(
    entries.flatMap(({ tokens }) =>
      tokens.map(({ heading, text }) => [
        { tokens: heading, weight: HEADING_WEIGHT },
        { tokens: text, weight: BODY_WEIGHT },
      ]),
    ),
  );
  return {
    sections,
    search(asked, limit, byMeaning = []) {
      const question = asQuestion(asked);
      const tokens = weightedTokens(question, whole.has);
      const matches = new Map<number, Match>(whole.search(tokens).map((match) => [match.document, match]));
      const scoreOf = (runbook: number) => (matches.get(runbook)?.score ?? 0) * factorOf(entries[runbook], question);
      const meant = [...new Set(byMeaning.map(({ runbook }) => runbook))];
      const near = new Set(meant.slice(0, NEAREST));
      const isAboutIt = createSubjectCheck(question);
      const fits = (entry: Entry, runbook: number) =>
        (matches.get(runbook)?.share ?? 0) >= (near.has(runbook) ? MIN_SHARE / 2 : MIN_SHARE) ||
        question.types.some((type) => entry.types.has(type)) ||
        (entry.document.origin !== 'bundled' && isAboutIt(entry));
      const fitting = entries.flatMap((entry, runbook) => (fits(entry, runbook) ? [runbook] : []));
      const byWords = fitting.sort((a, b) => scoreOf(b) - scoreOf(a));
      const order = meant.length === 0 ? byWords : reciprocalRankFusion([byWords, meant.filter((runbook) => fitting.includes(runbook))]);
      const best = bestSections(parts.search(tokens), sections);
      const top = Math.max(...order.map(scoreOf));
      return order.slice(0, limit).flatMap((runbook, rank) => {
        const entry = entries[runbook];
        const own = sections.filter((one) => one.runbook === runbook);
        const section = best.get(runbook) ?? own.find(({ text }) => STEPS.test(text)) ?? own[0];
        if (entry === undefined || section === undefined) return [];
        const matched = foundWords(question, new Set(matches.get(runbook)?.matched), MAX_MATCHED);
        return [hitOf(entry, section, `K${rank + 1}`, top > 0 ? scoreOf(runbook) / top : 0, matched)];
      });
    },
  };
}

function entryOf(document: RunbookDocument): Entry {
  const read = readMarkdown(document.text, document.name);
  return {
    ...read,
    document,
    services: new Set(read.about.services.map((service) => service.toLowerCase())),
    types: new Set(read.about.types),
    tokens: read.sections.map(({ heading, text }) => ({ heading: heading === read.title ? [] : tokensOf(heading), text: tokensOf(text) })),
  };
}

function fieldsOf({ title, about, tokens, document: { name, path } }: Entry): readonly Field[] {
  const fileName = (path ?? name).split('/').at(-1) ?? '';
  const tags = [...about.tags, ...about.services, ...about.types].join(' ');
  return [
    { tokens: tokensOf(`${title} ${about.alerts.join(' ')}`), weight: TITLE_WEIGHT },
    { tokens: [...tokensOf(fileName.replace(/\.\w+$/, '')), ...tokens.flatMap(({ heading }) => heading)], weight: HEADING_WEIGHT },
    { tokens: [...tokensOf(tags), ...about.types.map(typeToken)], weight: TAG_WEIGHT },
    { tokens: tokens.flatMap(({ text }) => text), weight: BODY_WEIGHT },
  ];
}

/** A section with commands or numbered steps tells what to do. */
const STEPS = /^ {0,3}(?:```|~~~|\d{1,3}[.)] )/m;
const STEPS_FACTOR = 1.8;
/** A section that describes the trouble has most of its words and is of least use: it is cited where nothing else fits. */
const DESCRIBES = /\b(?:looks? like|symptoms?|overview|background|introduction|description|summary)\b/i;
const DESCRIBES_FACTOR = 0.01;

const sectionFactor = ({ heading, text }: IndexedSection): number =>
  (STEPS.test(text) ? STEPS_FACTOR : 1) * (DESCRIBES.test(heading) ? DESCRIBES_FACTOR : 1);

/** The section of each runbook that fits best. */
function bestSections(matches: readonly Match[], sections: readonly IndexedSection[]): ReadonlyMap<number, IndexedSection> {
  const best = new Map<number, { section: IndexedSection; score: number }>();
  for (const { document, score } of matches) {
    const section = sections[document];
    if (section === undefined) continue;
    const weighed = sectionFactor(section) * score;
    if (weighed > (best.get(section.runbook)?.score ?? 0)) best.set(section.runbook, { section, score: weighed });
  }
  return new Map([...best].map(([runbook, { section }]) => [runbook, section]));
}

function factorOf(entry: Entry | undefined, { services }: RunbookQuestion): number {
  if (entry === undefined) return 0;
  const origin = ORIGIN_FACTOR[entry.document.origin];
  if (entry.services.size === 0 || services.length === 0) return origin;
  return origin * (services.some((service) => entry.services.has(service.toLowerCase())) ? OWN_SERVICE_FACTOR : OTHER_SERVICE_FACTOR);
}

function hitOf({ document, title }: Entry, section: IndexedSection, id: string, score: number, matched: readonly string[]): RunbookHit {
  return {
    id,
    origin: document.origin,
    title: plainText(title, 200),
    section: plainText(section.heading, 200),
    path: document.path,
    root: document.root,
    line: section.line,
    excerpt: plainText(section.text, MAX_EXCERPT),
    score: Math.min(1, Math.round(score * 1000) / 1000),
    matched: matched.map((word) => plainText(word, 80)),
  };
}
