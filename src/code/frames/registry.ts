import { dartParser } from './dart';
import { dotnetParser } from './dotnet';
import { elixirParser } from './elixir';
import { goParser } from './go';
import { javaParser } from './java';
import { javascriptParser } from './javascript';
import type { LanguageParser } from './languageParser';
import { perlParser } from './perl';
import { phpParser } from './php';
import { pythonParser } from './python';
import { rubyParser } from './ruby';
import { rustParser } from './rust';
import { swiftParser } from './swift';

/** A parser, and the texts of which every stack of its language has one: without any, the parser need not look. */
export interface RegisteredParser {
  readonly parser: LanguageParser;
  readonly markers: readonly string[];
}

/** How .NET Framework begins a frame where it does not speak English. */
const DOTNET_WORDS = [
  'bei',
  'à',
  'en',
  'in',
  'em',
  'w',
  'в',
  'v',
  'bij',
  'vid',
  'ved',
  '場所',
  '在',
  '於',
  '위치:',
  'konum:',
  'σε',
  'kohteessa',
];

/** Where lines fit to several languages equally well, the earlier entry wins. */
export const PARSERS: readonly RegisteredParser[] = [
  { parser: javascriptParser, markers: ['at ', '@', '[errors]: [', '[cause]: ', ' of linked script ', ' script in '] },
  { parser: javaParser, markers: ['.java', '.kt', '.scala', '.groovy', '.clj', '(Unknown Source', '(Native Method)', '(SourceFile'] },
  { parser: pythonParser, markers: ['", line ', '(most recent call'] },
  { parser: goParser, markers: ['.go:', 'goroutine ', 'panic: '] },
  { parser: rubyParser, markers: [':in `', ":in '", '.rb:'] },
  { parser: phpParser, markers: ['.php', '#0 ', '#1 ', '{main}', '[internal function]', 'PHP '] },
  { parser: dotnetParser, markers: ['at ', ' ---> ', ...DOTNET_WORDS.map((word) => `   ${word} `)] },
  { parser: rustParser, markers: ['panicked at', '.rs:', 'tack backtrace:', 'has overflowed its stack'] },
  { parser: elixirParser, markers: ['.ex', '.erl', '** (', '{file,"'] },
  { parser: swiftParser, markers: ['.swift', '0x0', 'Fatal error: ', 'rogram crashed'] },
  { parser: dartParser, markers: ['.dart', '(dart:', 'package:', '#0 ', '<asynchronous suspension>'] },
  { parser: perlParser, markers: [' line '] },
];
