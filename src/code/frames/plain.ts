import type { StackException, StackFrame } from '../../domain/frame';
import { kindOfFile } from './origin';
import { digitsBefore, positiveOrNull, stackLines } from './text';

/** Loggers that print `path/to/file.go:118 Charge.read`, one frame a line, innermost first. */
export function parsePlain(text: string): StackException[] {
  const frames = stackLines(text).flatMap((line) => parsePlainFrame(line) ?? []);
  return frames.length === 0 ? [] : [{ type: 'Error', message: '', relation: null, frames }];
}

function parsePlainFrame(line: string): StackFrame | null {
  const [place = '', name = '', ...others] = line.trim().split(' ');
  const number = digitsBefore(place, place.length);
  if (number === null || place[number.start - 1] !== ':' || others.length > 0) return null;
  const file = place.slice(0, number.start - 1);
  const hasExtension = file.lastIndexOf('.') > file.lastIndexOf('/') + 1;
  if (!file.includes('/') || file.includes('://') || !hasExtension) return null;
  return { function: name === '' ? null : name, file, line: positiveOrNull(number.value), column: null, kind: kindOfFile(file) };
}
