import type { StackFrame } from '../../domain/frame';
import { kindOfJvmMethod } from './origin';
import { digitsBefore, positiveOrNull } from './text';

const EXTENSIONS = ['.java', '.kt', '.kts', '.scala', '.groovy', '.clj'];
/** Stands for the file where the compiler or an obfuscator left out its name. */
const UNNAMED = new Set(['Unknown Source', 'SourceFile', '<generated>', 'Unknown', 'PG', '']);

/**
 * Reads `at [loader/][module@version/]pkg.Class.method(File.java:12)`; some tools leave the `at` out. What logback adds
 * behind (`~[app.jar:1.0]`) is passed over. Null when the line is no frame.
 */
export function parseJavaFrame(line: string): StackFrame | null {
  const text = line.trim();
  const from = text.startsWith('at ') ? 3 : 0;
  const open = text.indexOf('(', from);
  const close = open === -1 ? -1 : text.indexOf(')', open);
  if (open <= from || close === -1) return null;
  const name = text.slice(from, open);
  const method = name.slice(name.lastIndexOf('/') + 1);
  if (!method.includes('.') || name.includes(' ')) return null;
  const place = placeOf(text.slice(open + 1, close));
  if (place === null || (from === 0 && (place.line === null || close !== text.length - 1))) return null;
  return { function: method, file: place.file, line: place.line, column: null, kind: place.isNative ? 'native' : kindOfJvmMethod(method) };
}

function placeOf(place: string): { file: string | null; line: number | null; isNative: boolean } | null {
  if (place === 'Native Method') return { file: null, line: null, isNative: true };
  const number = digitsBefore(place, place.length);
  const hasLine = number !== null && place[number.start - 1] === ':';
  const file = hasLine ? place.slice(0, number.start - 1) : place;
  const line = hasLine ? positiveOrNull(number.value) : null;
  if (UNNAMED.has(file)) return { file: null, line, isNative: false };
  if (file.includes('/') || !EXTENSIONS.some((extension) => file.endsWith(extension))) return null;
  return { file, line, isNative: false };
}
