import type { FrameKind, StackFrame } from '../../domain/frame';
import { placeOf } from './place';
import { digitsBefore, indentOf } from './text';

/** `#0      main.<anonymous closure> (file:///srv/main.dart:31:23)`; null for other lines. */
export function readDartFrame(line: string): { readonly frame: StackFrame; readonly index: number } | null {
  const start = indentOf(line) + 1;
  const blank = line[start - 1] === '#' ? line.indexOf(' ', start) : -1;
  const number = blank === -1 ? null : digitsBefore(line, blank);
  if (number === null || number.start !== start) return null;
  const text = line.slice(blank).trim();
  const frame = text.startsWith('abs ') ? nativeFrame(text) : frameWithPlace(text);
  return frame === null ? null : { frame, index: number.value };
}

function frameWithPlace(text: string): StackFrame | null {
  const open = text.endsWith(')') ? text.lastIndexOf(' (') : -1;
  if (open < 1) return null;
  const inside = text.slice(open + 2, -1);
  const place = placeOf(inside) ?? { file: inside, line: null, column: null };
  if (!isDartFile(place.file)) return null;
  return { function: text.slice(0, open).trim(), ...place, kind: kindOfDartFile(place.file) };
}

/** `abs 000000723d6346d7 virt 00000000001ed6d7 _kDartIsolateSnapshotInstructions+0x1e26d7`: compiled and without names. */
function nativeFrame(text: string): StackFrame {
  const name = text.slice(text.lastIndexOf(' ') + 1);
  return { function: name, file: null, line: null, column: null, kind: 'native' };
}

/** `package:shop/cart.dart 12:5   Cart.discount`, as package:stack_trace prints frames; null for other lines. */
export function readTerseDartFrame(line: string): StackFrame | null {
  const text = line.trim();
  const ending = text.indexOf('.dart ');
  if (ending === -1) return null;
  const file = text.slice(0, ending + 5);
  const blank = text.indexOf(' ', ending + 6);
  const [row = '', column = ''] = text.slice(ending + 6, blank === -1 ? undefined : blank).split(':');
  const isNumbered = isNumber(row) && (column === '' || isNumber(column));
  const name = blank === -1 ? '' : text.slice(blank).trim();
  if (!isNumbered || name === '' || (name.includes(' ') && !name.includes('.<') && !name.startsWith('new ')) || file.includes(' '))
    return null;
  return { function: name, file, line: Number(row), column: column === '' ? null : Number(column), kind: kindOfDartFile(file) };
}

const isNumber = (text: string) => digitsBefore(text, text.length)?.start === 0 && Number(text) > 0;

const isDartFile = (file: string) =>
  file.endsWith('.dart') || file.startsWith('dart:') || file.startsWith('package:') || file.endsWith('.dart.js');

const RUNTIME_PACKAGES = new Set(['flutter', 'flutter_test', 'flutter_web_plugins', 'sky_engine', 'flutter_tools']);
const LIBRARY_PACKAGES = new Set(
  (
    'test test_api test_core stack_trace async collection http dio http_parser web_socket_channel shelf shelf_router grpc protobuf provider bloc ' +
    'flutter_bloc riverpod flutter_riverpod hooks_riverpod get get_it go_router auto_route rxdart equatable json_annotation freezed_annotation hive ' +
    'isar drift sqflite moor firebase_core firebase_auth cloud_firestore sentry sentry_flutter datadog_flutter_plugin logging path intl meta mockito ' +
    'shared_preferences cached_network_image mobx flutter_mobx graphql ferry chopper retrofit analyzer build_runner source_gen args yaml zone_local'
  ).split(' '),
);

/** Whether a Dart URI is the program's own, a known package's or the language's. */
function kindOfDartFile(file: string): FrameKind {
  if (file.startsWith('dart:') || file.startsWith('org-dartlang-sdk:')) return 'runtime';
  if (file.includes('/.pub-cache/') || file.includes('/pub-cache/') || file.includes('/Pub/Cache/') || file.includes('/.pub/'))
    return 'library';
  const lead = file.startsWith('package:') ? 8 : file.startsWith('packages/') ? 9 : -1;
  const slash = file.indexOf('/', lead);
  if (lead === -1 || slash === -1) return 'app';
  const name = file.slice(lead, slash);
  if (RUNTIME_PACKAGES.has(name)) return 'runtime';
  return LIBRARY_PACKAGES.has(name) ? 'library' : 'app';
}
