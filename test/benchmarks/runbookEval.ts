import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunbookOrigin } from '../../src/domain/runbook';
import { createRunbookIndex, type RunbookDocument } from '../../src/knowledge/runbookIndex';
import { type RunbookCase, runbookCases } from './runbookQuestions';

const root = path.resolve(__dirname, '../..');

/** How well a search finds the one runbook that answers a question. */
export interface RetrievalScore {
  readonly name: string;
  /** Share of the questions whose runbook came first, among the first three; mean of 1 / rank. */
  readonly recallAt1: number;
  readonly recallAt3: number;
  readonly reciprocalRank: number;
  /** Questions that no runbook answers, and yet got one. */
  readonly falseHits: number;
}

export interface RunbookEvaluation {
  readonly runbooks: number;
  readonly questions: number;
  readonly unanswerable: number;
  readonly scores: readonly RetrievalScore[];
  readonly misses: readonly { readonly question: string; readonly wanted: string | null; readonly found: readonly string[] }[];
}

export const nameOf = (file: string) => path.basename(file, '.md');

export function readRunbooks(folder: string, origin: RunbookOrigin): readonly RunbookDocument[] {
  return readdirSync(path.join(root, folder))
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => ({
      origin,
      text: readFileSync(path.join(root, folder, file), 'utf8'),
      path: file,
      root: origin === 'bundled' ? null : '/workspace',
      name: nameOf(file),
    }));
}

type Search = (question: string) => readonly string[];

/** Cosine of TF-IDF vectors over words as white space parts them, in lower case: what a search without our tokens would do. */
function plainSearch(documents: readonly RunbookDocument[]): Search {
  const wordsOf = (text: string) =>
    text
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
  const counted = documents.map(({ text }) => countsOf(wordsOf(text)));
  const idf = (word: string) => Math.log(documents.length / Math.max(1, counted.filter((counts) => counts.has(word)).length));
  const vectors = counted.map((counts) => new Map([...counts].map(([word, count]) => [word, (1 + Math.log(count)) * idf(word)])));
  const lengths = vectors.map((vector) => Math.hypot(...vector.values()));
  return (question) => {
    const asked = [...countsOf(wordsOf(question))];
    return documents
      .map(({ path: file }, index) => ({
        file: nameOf(file ?? ''),
        score: asked.reduce((sum, [word]) => sum + (vectors[index]?.get(word) ?? 0) * idf(word), 0) / (lengths[index] || 1),
      }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .map(({ file }) => file);
  };
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function scoreOf(name: string, search: Search, cases: readonly RunbookCase[]): RetrievalScore {
  const answerable = cases.filter(([, file]) => file !== null);
  const ranks = answerable.map(([question, file]) => search(question).indexOf(file ?? '') + 1);
  const share = (within: number) => ranks.filter((rank) => rank > 0 && rank <= within).length / ranks.length;
  return {
    name,
    recallAt1: share(1),
    recallAt3: share(3),
    reciprocalRank: ranks.reduce((sum, rank) => sum + (rank > 0 ? 1 / rank : 0), 0) / ranks.length,
    falseHits: cases.filter(([question, file]) => file === null && search(question).length > 0).length,
  };
}

/** Questions in the manner of alerts over AIDog's own runbooks and those of a made-up company. */
export function evaluateRunbooks(): RunbookEvaluation {
  const documents = [...readRunbooks('media/runbooks', 'bundled'), ...readRunbooks('test/fixtures/runbooks', 'workspace')];
  const index = createRunbookIndex(documents);
  const search: Search = (question) => index.search(question, 10).map(({ path: file }) => nameOf(file ?? ''));
  const missed = runbookCases.filter(([question, file]) => (file === null ? search(question).length > 0 : search(question)[0] !== file));
  return {
    runbooks: documents.length,
    questions: runbookCases.filter(([, file]) => file !== null).length,
    unanswerable: runbookCases.filter(([, file]) => file === null).length,
    scores: [scoreOf('AIDog', search, runbookCases), scoreOf('TF-IDF on words', plainSearch(documents), runbookCases)],
    misses: missed.map(([question, wanted]) => ({ question, wanted, found: search(question).slice(0, 3) })),
  };
}
