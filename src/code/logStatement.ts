import type { FrameMapping } from '../domain/frame';
import { chooseFact, type ScoredFact } from './factChoice';
import type { LogText } from './logTexts';
import type { SourceFacts } from './sourceFacts';

const MAX_MESSAGE_CHARS = 4_000;
/** A text that says this much less than the best one is no rival. */
const CLOSE_WEIGHT = 0.85;

/**
 * Where a log message was written: the text in the source whose constant parts stand in the message, in order, and say most. When
 * several say as much, none is chosen.
 */
export function mapLogMessage(message: string, facts: SourceFacts<LogText>): FrameMapping {
  const text = message.slice(0, MAX_MESSAGE_CHARS);
  const fitting = facts.found.filter(({ fact }) => standsIn(fact.parts, text));
  const heaviest = Math.max(0, ...fitting.map(({ fact }) => fact.weight));
  const scored = fitting
    .filter(({ fact }) => fact.weight >= heaviest * CLOSE_WEIGHT)
    .map(
      ({ repository, path, isInService, fact }): ScoredFact => ({
        repository,
        path,
        isInService,
        line: fact.line,
        score: scoreOf(fact, text, heaviest),
        how: `The constant part of the message stands here: "${shortened(fact.parts.join(' … '))}"`,
      }),
    );
  return chooseFact(scored, { isCut: facts.isCut, none: 'No text in the files of the workspace is like this message.' });
}

/** Whether the parts occur one after the other. */
function standsIn(parts: readonly string[], message: string): boolean {
  let at = 0;
  for (const part of parts) {
    const found = message.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return true;
}

function scoreOf({ weight, parts, isLogged }: LogText, message: string, heaviest: number): number {
  const words = parts
    .join(' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1).length;
  const letters = message.replace(/[^\p{L}\p{N}]/gu, '').length;
  const share = letters === 0 ? 0 : weight / letters;
  return (words >= 3 ? 0.6 : words === 2 ? 0.5 : 0.35) + (isLogged ? 0.1 : 0) + (share >= 0.5 ? 0.1 : 0) - (weight < heaviest ? 0.15 : 0);
}

const shortened = (text: string) => (text.length <= 60 ? text : `${text.slice(0, 59)}…`);
