import type { FrameKind, StackException, StackFrame, TextRange } from '../../domain/frame';
import { closeException, type OpenException, openException } from './exceptions';
import type { LanguageParser, TraceLine } from './languageParser';
import { PHP_MAIN, type PhpCall, type PhpPlace, readCalledAt, readPhpCall, readSymfonyCall, readXdebugCall } from './phpEntry';
import { readPhpHeader, readPhpProblem } from './phpHeader';
import { withoutRepeats } from './repeats';
import { digitsBefore, rangeOf } from './text';

/** How many lines above a trace may belong to its message. */
const MAX_HEADER_LINES = 60;
const THROWN = '  thrown in ';

/**
 * Traces of PHP 5 to 8, of Xdebug, Monolog (Laravel) and Symfony's console. PHP names the place of each call, so that a
 * function's own place is the one of the line before: both are put together here.
 */
export const phpParser: LanguageParser = {
  language: 'php',
  weigh(line) {
    if (line.includes('#')) return readPhpCall(line) === null ? 0 : 2;
    if (line.startsWith('PHP '))
      return line.includes(' error:  ') || readPhpProblem(line) !== null || readXdebugCall(line) !== null ? 2 : 0;
    if (line.startsWith(THROWN) && line.includes(' on line ')) return 2;
    if (line.includes(' called at ')) return readCalledAt(line) === null ? 0 : 2;
    return line.startsWith('Stack trace:') ||
      line.startsWith('[stacktrace]') ||
      (line.includes('.php on line ') && readPhpProblem(line) !== null)
      ? 1
      : 0;
  },
  parse: (lines) => new PhpReader().read(lines),
};

interface Origin {
  readonly place: PhpPlace | null;
  readonly range: TextRange;
}

class PhpReader {
  readonly #exceptions: StackException[] = [];
  /** Exceptions of one trace; the last one printed wraps the others, unless it is marked as a cause. */
  #chain: OpenException[] = [];
  #open: OpenException | null = null;
  /** Where the function of the next line was. */
  #origin: Origin | null = null;
  #above: TraceLine[] = [];
  #isComplete = false;
  #list: 'xdebug' | 'symfony' | null = null;
  #outermostFirst: { readonly call: PhpCall; readonly line: TraceLine }[] = [];

  read(lines: readonly TraceLine[]): StackException[] {
    for (const line of lines) this.#add(line);
    this.#endList();
    this.#endTrace();
    return withoutRepeats(this.#exceptions);
  }

  #add(line: TraceLine): void {
    if (this.#list !== null && this.#addToList(line)) return;
    const call = readPhpCall(line.text);
    if (call !== null) return this.#addCall(call, line);
    const own = line.text.includes(' called at ') ? readCalledAt(line.text) : null;
    if (own !== null) return this.#addOwn(own, line);
    this.#addText(line);
  }

  #addText(line: TraceLine): void {
    const trimmed = line.text.trim();
    const problem = readPhpProblem(line.text);
    if (problem !== null) {
      this.#endTrace();
      this.#begin(openException(problem.type, problem.message, null));
      this.#open?.frames.push({ function: null, ...placeIn(problem.place), range: rangeOf(line) });
      this.#isComplete = true;
    } else if (trimmed === 'PHP Stack trace:' || trimmed === 'Call Stack:') this.#list = 'xdebug';
    else if (trimmed === 'Exception trace:') this.#beginSymfony();
    else if (trimmed !== 'Stack trace:' && trimmed !== '[stacktrace]' && !line.text.startsWith(THROWN)) {
      this.#above.push(line);
      if (this.#above.length > MAX_HEADER_LINES) this.#above.shift();
    }
  }

  #addCall(call: PhpCall, line: TraceLine): void {
    if (this.#open === null || this.#isComplete || this.#above.length > 0) this.#beginFromAbove(isFirst(line.text));
    this.#addFrame(call, line);
    if (call.isMain) this.#isComplete = true;
  }

  /** What stands between the last frame and this one: the header of another exception, or lines of an argument. */
  #beginFromAbove(isStart: boolean): void {
    const header = readPhpHeader(this.#above.map(({ text }) => text));
    if (header === null && !isStart && this.#open !== null && !this.#isComplete) {
      this.#above = [];
      return;
    }
    if (header?.link === undefined || header.link === null) this.#endTrace();
    const source = header === null ? undefined : this.#above[header.placeLine];
    this.#begin(openException(header?.type ?? '', header?.message ?? '', header?.link === 'previous' ? 'cause' : null));
    this.#origin = source === undefined ? null : { place: header?.place ?? null, range: rangeOf(source) };
    this.#above = [];
  }

  #begin(exception: OpenException): void {
    this.#open = exception;
    this.#chain.push(exception);
    this.#origin = null;
    this.#isComplete = false;
  }

  /** The function ran where the line before says. */
  #addFrame(call: PhpCall, line: TraceLine): void {
    const origin = this.#origin ?? { place: null, range: rangeOf(line) };
    const frame: StackFrame = { function: call.function, ...placeIn(origin.place), range: origin.range };
    this.#open?.frames.push(frame);
    this.#origin = { place: call.place, range: rangeOf(line) };
  }

  #addOwn(call: PhpCall, line: TraceLine): void {
    if (this.#open === null || this.#isComplete) this.#begin(openException('', '', null));
    this.#open?.frames.push({ function: call.function, ...placeIn(call.place), range: rangeOf(line) });
  }

  #beginSymfony(): void {
    this.#endTrace();
    const named = this.#above.findLastIndex(({ text }) => text.trim().startsWith('[') && text.trim().endsWith(']'));
    const type = this.#above[named]?.text.trim().slice(1, -1) ?? '';
    const message = named === -1 ? [] : this.#above.slice(named + 1).map(({ text }) => text.trim());
    this.#begin({ ...openException(type, '', null), message });
    this.#above = [];
    this.#list = 'symfony';
  }

  /** Whether a line belonged to a list of Xdebug or Symfony. */
  #addToList(line: TraceLine): boolean {
    const call = this.#list === 'xdebug' ? readXdebugCall(line.text) : readSymfonyCall(line.text);
    if (call === null) {
      this.#endList();
      return false;
    }
    if (this.#list === 'xdebug') this.#outermostFirst.push({ call, line });
    else if (call.function === '') this.#origin = { place: call.place, range: rangeOf(line) };
    else this.#addFrame(call, line);
    return true;
  }

  /** Xdebug repeats what PHP said; only a problem without a trace of its own gets frames from it. */
  #endList(): void {
    const isNeeded = this.#open !== null && this.#open.frames.length === 1 && this.#open.frames[0]?.function === null;
    if (this.#list === 'symfony' && this.#origin?.place != null)
      this.#addFrame({ function: PHP_MAIN, place: null, isMain: true }, emptyLine(this.#origin));
    if (this.#list === 'xdebug' && isNeeded && this.#open !== null && this.#outermostFirst.length > 0) {
      const [problem] = this.#open.frames;
      this.#open.frames = [];
      this.#origin = { place: { file: problem?.file ?? '', line: problem?.line ?? null }, range: problem?.range ?? { start: 0, end: 0 } };
      for (const { call, line } of this.#outermostFirst.reverse()) this.#addFrame(call, line);
    }
    this.#outermostFirst = [];
    this.#list = null;
  }

  /** Of a chain, the exception that was printed last wraps those before it. */
  #endTrace(): void {
    const causes = this.#chain.filter(({ relation }) => relation === 'cause');
    const wrapping = this.#chain.filter(({ relation }) => relation !== 'cause').reverse();
    wrapping.forEach((exception, index) => {
      exception.relation = index === 0 ? null : 'cause';
    });
    for (const exception of [...wrapping, ...causes]) this.#exceptions.push(closeException(exception));
    this.#chain = [];
    this.#open = null;
    this.#origin = null;
  }
}

const emptyLine = ({ range }: Origin): TraceLine => ({ text: '', start: range.start, end: range.end });

/** `#0 …` begins a trace. */
function isFirst(text: string): boolean {
  const number = digitsBefore(text, text.indexOf(' ', text.indexOf('#')));
  return number?.value === 0;
}

function placeIn(place: PhpPlace | null): Pick<StackFrame, 'file' | 'line' | 'column' | 'kind'> {
  if (place === null) return { file: null, line: null, column: null, kind: 'native' };
  return { file: place.file, line: place.line, column: null, kind: kindOfPhpFile(place.file) };
}

/** Composer installs libraries into a folder `vendor`. */
export function kindOfPhpFile(file: string): FrameKind {
  if (file.includes(" : eval()'d code") || file.includes(' : runtime-created function') || file.includes(' : assert code')) return 'eval';
  const path = file.replaceAll('\\', '/');
  if (path.includes('/vendor/') || path.startsWith('vendor/') || path.startsWith('phar://') || path.includes('/pear/')) return 'library';
  return 'app';
}
