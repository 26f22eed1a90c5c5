import type { Embeddings } from '../domain/embeddings';
import type { IndexedSection, RunbookIndex } from './runbookIndex';
import { asQuestion, type RunbookQuestion } from './runbookQuestion';

/** Enough of a section to tell what it is about, and within the context of small embedding models. */
const MAX_CHARACTERS = 1200;
const MAX_SECTIONS = 600;

/** The sections of an index by how near their meaning is to the question's (cosine), best first. */
export async function rankByMeaning(
  { sections }: RunbookIndex,
  question: string | RunbookQuestion,
  embeddings: Embeddings,
  signal: AbortSignal,
): Promise<readonly IndexedSection[]> {
  const asked = [...asQuestion(question).parts]
    .sort((a, b) => b.weight - a.weight)
    .map(({ text }) => text)
    .join('\n')
    .slice(0, MAX_CHARACTERS);
  const searched = sections.slice(0, MAX_SECTIONS);
  if (asked.trim() === '' || searched.length === 0) return [];
  const texts = searched.map(({ title, heading, text }) => `${title}\n${heading}\n${text}`.slice(0, MAX_CHARACTERS));
  const [wanted = [], ...vectors] = await embeddings.embed([asked, ...texts], signal);
  return searched
    .map((section, index) => ({ section, likeness: cosine(wanted, vectors[index] ?? []) }))
    .sort((a, b) => b.likeness - a.likeness)
    .map(({ section }) => section);
}

/** 0 where either has no direction. */
export function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  const length = Math.hypot(...a) * Math.hypot(...b);
  return length === 0 || !Number.isFinite(length) ? 0 : dot / length;
}
