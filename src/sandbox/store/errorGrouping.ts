import { hashUuid } from '../api/ids';

/** What an error tracker knows of one error. */
export interface ErrorFacts {
  readonly service: string;
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  /** `error.fingerprint`: groups the error by itself where it is set. */
  readonly fingerprint: string | null;
}

export interface TopFrame {
  readonly file: string | null;
  readonly function: string | null;
}

/**
 * The id of the issue that an error belongs to, in the form of a UUID. Errors are alike when service, type, message (without
 * digits and quoted parts) and the file and function of the topmost frame of the application are:
 * docs.datadoghq.com/tracing/error_tracking/error_grouping.
 */
export function issueIdOf({ service, type, message, fingerprint }: ErrorFacts, top: TopFrame): string {
  const parts = fingerprint === null ? [service, type, messagePattern(message), top.file, top.function] : [service, fingerprint];
  return hashUuid(JSON.stringify(parts));
}

/** A message without what varies between two occurrences of the same error: quoted parts and digits. */
export function messagePattern(message: string): string {
  return message
    .slice(0, 1000)
    .replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '?')
    .replace(/\d+/g, '?');
}

interface FramePattern {
  readonly pattern: RegExp;
  /** Whether the innermost frame is the last one printed. */
  readonly innermostLast: boolean;
}

/** Named groups `file` and `function`, one pattern a notation: JavaScript, Python, Java, Ruby. */
const FRAMES: readonly FramePattern[] = [
  { pattern: /^[ \t]*at (?:async )?(?:new )?(?:(?<function>[^()\n]+?) \()?(?<file>[^()\s][^()\n]*?):\d+:\d+\)?$/gm, innermostLast: false },
  { pattern: /^[ \t]*File "(?<file>[^"\n]+)", line \d+, in (?<function>.+)$/gm, innermostLast: true },
  { pattern: /^[ \t]*at (?<function>[\w$.<>]+)\((?<file>[\w$]+\.(?:java|kt|scala|groovy)):\d+\)/gm, innermostLast: false },
  { pattern: /^[ \t]*(?:from )?(?<file>[^\s:]+\.rb):\d+:in [`'](?<function>[^']+)'/gm, innermostLast: false },
];

const FOREIGN =
  /(?:^|[\\/])(?:node_modules|site-packages|dist-packages|gems|vendor)[\\/]|^node:|^internal[\\/]|[\\/]lib[\\/]python\d|^<frozen|^(?:java|jdk|sun|kotlin)\./;

/** The innermost frame of the application itself, else the innermost of all. */
export function topFrame(stack: string): TopFrame {
  const text = stack.slice(0, 25_000);
  for (const { pattern, innermostLast } of FRAMES) {
    const frames = Array.from(text.matchAll(pattern), ({ groups }) => ({
      file: groups?.file || null,
      function: groups?.function || null,
    }));
    if (innermostLast) frames.reverse();
    const own = frames.find((frame) => !FOREIGN.test(frame.file ?? '') && !FOREIGN.test(frame.function ?? ''));
    const top = own ?? frames[0];
    if (top !== undefined) return top;
  }
  return { file: null, function: null };
}
