import type { StackException } from '../../domain/frame';
import { parseGo, parseGoFrame } from './go';
import { parseJava, parseJavaFrame } from './java';
import { parsePlain } from './plain';
import { parsePython, parsePythonFrame } from './python';
import { stackLines } from './text';
import { parseV8 } from './v8';
import { parseV8Frame } from './v8Frame';

type Parser = (text: string) => StackException[];

const PARSERS: Readonly<Record<'v8' | 'python' | 'java' | 'go', Parser>> = {
  v8: parseV8,
  python: parsePython,
  java: parseJava,
  go: parseGo,
};

export type StackLanguage = keyof typeof PARSERS;

/**
 * Reads a stack trace of Node.js or a Chromium browser, Python, Java, Kotlin or Go. The outermost exception comes first,
 * what caused it after; frames are innermost first. An empty list when there is no stack in the text. Takes time linear
 * in the text, of which at most 5,000 lines are read.
 */
export function parseStack(text: string): readonly StackException[] {
  const language = detectLanguage(text);
  return language === null ? parsePlain(text) : PARSERS[language](text);
}

/** The language whose frames the text has most of; null when it has none. */
export function detectLanguage(text: string): StackLanguage | null {
  const hits: Record<StackLanguage, number> = { v8: 0, python: 0, java: 0, go: 0 };
  let before = '';
  for (const line of stackLines(text)) {
    if (parseJavaFrame(line) !== null) hits.java += 1;
    else if (parseV8Frame(line) !== null) hits.v8 += 1;
    else if (parsePythonFrame(line.replace(/^\s*\|/, '')) !== null || line.startsWith('Traceback (most recent')) hits.python += 1;
    else if (line.startsWith('\t') && before.endsWith(')') && parseGoFrame(before, line) !== null) hits.go += 1;
    else if (line.startsWith('goroutine ') || line.startsWith('panic: ')) hits.go += 1;
    before = line;
  }
  return best(hits) ?? (looksLikeInspectedGroup(text) ? 'v8' : null);
}

function best(hits: Readonly<Record<StackLanguage, number>>): StackLanguage | null {
  let found: StackLanguage | null = null;
  for (const language of ['v8', 'java', 'python', 'go'] as const) {
    if (hits[language] > (found === null ? 0 : hits[found])) found = language;
  }
  return found;
}

const looksLikeInspectedGroup = (text: string) => text.includes('[errors]: [') || text.includes('[cause]: ');
