import type { FrameKind, StackFrame } from '../../domain/frame';
import { placeOf } from './place';
import { digitsBefore, indentOf } from './text';

/** A frame of a Swift backtrace, or of a crash report of Apple's systems. */
export interface SwiftLine {
  readonly frame: StackFrame;
  /** Its number in the list. */
  readonly index: number;
  /** Whether no other language prints such a line. */
  readonly isCertain: boolean;
}

/** `2 [ra] [system] 0x0102 level4() + 12 in Crash at /src/Crash.swift:33:3`, or as crash reports put it; null for other lines. */
export function readSwiftLine(line: string): SwiftLine | null {
  const start = indentOf(line);
  const blank = line.indexOf(' ', start);
  const tab = line.indexOf('\t', start);
  const end = tab !== -1 && (tab < blank || blank === -1) ? tab : blank;
  const number = end === -1 || end - start > 5 ? null : digitsBefore(line, end);
  if (number === null || number.start !== start) return null;
  const text = line.slice(end).trim();
  return backtraceLine(text, number.value) ?? reportLine(text, number.value);
}

function backtraceLine(whole: string, index: number): SwiftLine | null {
  let text = whole;
  let isSystem = false;
  let isMarked = false;
  while (text.startsWith('[')) {
    const close = text.indexOf(']');
    if (close === -1) return null;
    isMarked = true;
    isSystem ||= text.slice(1, close) === 'system';
    text = text.slice(close + 1).trimStart();
  }
  if (isAddress(text)) {
    isMarked = true;
    text = text.slice(Math.max(0, text.indexOf(' '))).trimStart();
  }
  const at = text.lastIndexOf(' at ');
  const within = text.lastIndexOf(' in ', at === -1 ? text.length : at);
  if (within < 1 || (at === -1 && !isMarked)) return null;
  const place = at === -1 ? NOWHERE : placeIn(text.slice(at + 4));
  if (!isMarked && !place.file?.endsWith('.swift')) return null;
  const image = text.slice(within + 4, at === -1 ? undefined : at);
  const kind = isSystem ? 'runtime' : kindOfSwiftFrame(image, place.file);
  return { frame: { function: withoutOffset(text.slice(0, within)), ...place, kind }, index, isCertain: true };
}

const isAddress = (text: string) => text.startsWith('0x');

/** `Checkout   0x0000000102d5bcb4 Cart.discount() + 248 (Cart.swift:39)`: the image stands first. */
function reportLine(text: string, index: number): SwiftLine | null {
  const address = text.indexOf(' 0x') !== -1 ? text.indexOf(' 0x') : text.indexOf('\t0x');
  const blank = address === -1 ? -1 : text.indexOf(' ', address + 1);
  if (address < 1 || blank === -1 || text.includes(' - ', address - 3)) return null;
  const image = text.slice(0, address).trim();
  const rest = text.slice(blank + 1).trim();
  const open = rest.endsWith(')') ? rest.lastIndexOf(' (') : -1;
  const place = open === -1 ? NOWHERE : placeIn(rest.slice(open + 2, -1));
  const hasPlace = place.line !== null;
  const symbol = withoutOffset(hasPlace ? rest.slice(0, open) : rest);
  if (image.includes(':') || symbol === '') return null;
  const where = hasPlace ? place : NOWHERE;
  return {
    frame: { function: symbol, ...where, kind: kindOfSwiftFrame(image, where.file) },
    index,
    isCertain: hasPlace || rest !== symbol,
  };
}

const NOWHERE = { file: null, line: null, column: null };

/** A file may be named without a line. */
function placeIn(text: string): { readonly file: string | null; readonly line: number | null; readonly column: number | null } {
  return placeOf(text) ?? { file: text, line: null, column: null };
}

/** `level4() + 12` → `level4()`. */
function withoutOffset(symbol: string): string {
  const text = symbol.trim();
  const plus = text.lastIndexOf(' + ');
  return plus !== -1 && digitsBefore(text, text.length)?.start === plus + 3 ? text.slice(0, plus) : text;
}

const SYSTEM_IMAGES = new Set(
  (
    'dyld libc.so.6 libpthread.so.0 ld-linux-x86-64.so.2 CoreFoundation Foundation UIKitCore UIKit AppKit SwiftUI SwiftUICore Combine GraphicsServices ' +
    'QuartzCore CFNetwork CoreData CoreGraphics Security FrontBoardServices BackBoardServices AttributeGraph WebKit JavaScriptCore XCTest XCTestCore'
  ).split(' '),
);
const SYSTEM_PREFIXES = [
  'libsystem',
  'libswift',
  'libdispatch',
  'libobjc',
  'libFoundation',
  'lib_',
  'libc++',
  'libXCTest',
  'libBlocksRuntime',
  'libSystem',
];

/** Whether a frame is the program's own, a package's or the system's, by the image that holds it and the file. */
function kindOfSwiftFrame(image: string, file: string | null): FrameKind {
  if (file?.includes('<compiler-generated>') || SYSTEM_IMAGES.has(image) || SYSTEM_PREFIXES.some((prefix) => image.startsWith(prefix)))
    return 'runtime';
  if (file?.includes('/swift/stdlib/') || file?.includes('/usr/lib/swift')) return 'runtime';
  return file?.includes('/.build/checkouts/') || file?.includes('/SourcePackages/checkouts/') || file?.includes('/Pods/')
    ? 'library'
    : 'app';
}
