import { goParser } from './go';
import { javaParser } from './java';
import { javascriptParser } from './javascript';
import type { LanguageParser } from './languageParser';
import { pythonParser } from './python';

/** A parser, and the texts of which every stack of its language has one: without any, the parser need not look. */
export interface RegisteredParser {
  readonly parser: LanguageParser;
  readonly markers: readonly string[];
}

/** Where lines fit to several languages equally well, the earlier entry wins. */
export const PARSERS: readonly RegisteredParser[] = [
  { parser: javascriptParser, markers: ['at ', '@', '[errors]: [', '[cause]: '] },
  { parser: javaParser, markers: ['.java', '.kt', '.scala', '.groovy', '.clj', '(Unknown Source', '(Native Method)', '(SourceFile'] },
  { parser: pythonParser, markers: ['", line ', '(most recent call'] },
  { parser: goParser, markers: ['.go:', 'goroutine ', 'panic: '] },
];
