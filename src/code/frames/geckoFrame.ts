import type { StackFrame } from '../../domain/frame';
import { kindOfFile } from './origin';
import { fileEnd, type Place, placeOf } from './place';
import { digitsStart } from './text';

const NOWHERE = { file: null, line: null, column: null };
const NATIVE = '[native code]';

/** A line that is only `[native code]` or `eval code` is hardly longer. */
const MAX_WORDS_CHARS = 60;

/** Words of JavaScriptCore for code outside of functions; the only names with blanks. */
const CODE_NAMES = new Set(['global code', 'module code', 'eval code', 'program code', 'anonymous function', 'Anonymous function']);

/** How Firefox begins code that another script evaluated: `app.js line 16 > eval`. */
const EVALUATED = [' > eval', ' > Function', ' > GeneratorFunction', ' > AsyncFunction', ' > scriptElement', ' > injectedScript'];

/**
 * Reads one `name@place` line of Firefox, Safari, JavaScriptCore, React Native or old Opera, `[native code]` or `eval code`;
 * null when the line is no frame.
 */
export function parseGeckoFrame(line: string): StackFrame | null {
  if (!line.includes('@') && (line.length > MAX_WORDS_CHARS || !line.includes(' code'))) return null;
  const text = line.trim();
  if (text === NATIVE) return { function: null, ...NOWHERE, kind: 'native' };
  if (text === 'eval code') return { function: text, ...NOWHERE, kind: 'eval' };
  const separator = separatorOf(text);
  if (separator === -1) return null;
  const name = text.slice(0, separator);
  if (name.includes(' ') && !mayHoldBlanks(name)) return null;
  const rest = text.slice(separator + 1);
  if (rest === NATIVE) return { function: functionName(name), ...NOWHERE, kind: 'native' };
  const place = placeOf(rest);
  return place === null || !isScript(place) ? null : { function: functionName(name), ...inScript(place) };
}

/** Whether a line is a frame with a URL and a line, told without reading it all. */
export function isCertainGeckoFrame(line: string): boolean {
  const separator = line.indexOf('@');
  if (separator === -1 || digitsStart(line, line.length) === line.length) return false;
  const file = fileEnd(line, line.length);
  const isScriptFile = file > separator && line.endsWith('.js', file);
  return (isScriptFile || line.includes('://', separator)) && !line.includes(' ');
}

/** Reads a place alone on its line, as Safari prints for code without a name; to be believed beside other frames only. */
export function parseBarePlace(line: string): StackFrame | null {
  const text = line.trim();
  const place = text.includes(' ') ? null : placeOf(text);
  if (place === null || place.column === null || !isScript(place)) return null;
  return { function: null, ...inScript(place) };
}

/** The `@` that parts name and place. Either may hold more of them: the place begins like a URL or path where it can. */
function separatorOf(text: string): number {
  const first = text.indexOf('@');
  for (let at = first; at !== -1; at = text.indexOf('@', at + 1)) {
    if (beginsPlace(text, at + 1)) return at;
  }
  return first;
}

function beginsPlace(text: string, from: number): boolean {
  const code = text.charCodeAt(from);
  if (code === 47 || code === 91) return true;
  let at = from;
  while (at - from < 24 && isSchemePart(text.charCodeAt(at))) at += 1;
  return at > from && (text.startsWith('://', at) || (text[at] === ':' && text.startsWith('blob', from)));
}

const isSchemePart = (code: number) => (code >= 97 && code <= 122) || code === 45 || code === 46 || code === 43;

function mayHoldBlanks(name: string): boolean {
  return CODE_NAMES.has(name) || name.includes('(') || name.includes('*') || name.startsWith('<anonymous function');
}

/** Without Firefox's asynchronous causes (`setTimeout handler*run`) and the arguments that old engines print. */
function functionName(printed: string): string | null {
  let name = printed.slice(printed.lastIndexOf('*') + 1);
  if (name.startsWith('<anonymous function: ')) return name.slice(21, name.indexOf('>'));
  const open = name.endsWith(')') ? name.indexOf('(') : -1;
  if (open !== -1) name = name.slice(0, open);
  return name === '' || name.startsWith('<anonymous function') ? null : name;
}

function isEvaluatedFile(file: string): boolean {
  return file === 'debugger eval code' || (file.includes(' > ') && EVALUATED.some((word) => file.endsWith(word)));
}

/** Addresses such as `user@host:8080` are no places: a script has a column, a path or a scheme, and letters. */
function isScript({ file, column }: Place): boolean {
  return file.includes('/') || isEvaluatedFile(file) || (column !== null && !file.includes(' ') && /[a-zA-Z]/.test(file));
}

function inScript(place: Place): Omit<StackFrame, 'function'> {
  const isEvaluated = isEvaluatedFile(place.file);
  const { file, line, column } = place;
  return { file: isEvaluated ? null : file, line, column, kind: isEvaluated ? 'eval' : kindOfFile(file) };
}
