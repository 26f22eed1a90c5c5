import type { StackException, StackFrame } from '../../domain/frame';
import { closeException, type OpenException, openException, type Relation } from './exceptions';
import { kindOfFile } from './origin';
import { digitsBefore, identifierAt, indentOf, positiveOrNull, stackLines } from './text';

const DIRECT_CAUSE = 'The above exception was the direct cause of the following exception:';
const CONTEXT = 'During handling of the above exception, another exception occurred:';

/**
 * Tracebacks of CPython, with chains and exception groups. Python prints the innermost frame and the raised exception
 * last; both are turned round here. Frames inside a message (after the exception line) do not count.
 */
export function parsePython(text: string): StackException[] {
  const blocks: OpenException[] = [];
  let link: Relation = null;
  let open: OpenException | null = null;
  let isInFrames = false;
  let isMember = false;
  for (const raw of stackLines(text)) {
    const group = groupPrefix(raw);
    const line = raw.slice(group.length);
    if (group.isMemberStart) isMember = true;
    if (line.startsWith('Traceback (most recent call last):') || line.startsWith('Exception Group Traceback')) {
      open = openException('', '', isMember ? 'group' : null);
      if (!isMember) relateEarlier(blocks, link);
      blocks.push(open);
      isInFrames = true;
      link = null;
    } else if (line.startsWith(DIRECT_CAUSE)) link = 'cause';
    else if (line.startsWith(CONTEXT)) link = 'context';
    else if (open !== null && isInFrames) isInFrames = readInside(open, line);
    else if (open !== null && open.type !== '' && link === null && !isRule(line)) open.message.push(line);
  }
  return inOrder(blocks.filter((block) => block.type !== '' || block.frames.length > 0));
}

/** The block that follows was raised; what stood before is its cause or context. */
function relateEarlier(blocks: readonly OpenException[], link: Relation): void {
  const last = blocks.findLast((block) => block.relation === null);
  if (last !== undefined) last.relation = link ?? 'context';
}

/** The raised exception first, then what led to it, newest first; group members keep their order behind their group. */
function inOrder(blocks: readonly OpenException[]): StackException[] {
  const chain = blocks.filter((block) => block.relation !== 'group').reverse();
  const members = blocks.filter((block) => block.relation === 'group');
  return [...chain, ...members].map((block) => closeException({ ...block, frames: block.frames.toReversed() }));
}

/** Reads a line between `Traceback` and the exception line; false once the exception line was read. */
function readInside(open: OpenException, line: string): boolean {
  const frame = parsePythonFrame(line);
  if (frame !== null) {
    open.frames.push(frame);
    return true;
  }
  if (line.trim() === '' || indentOf(line) > 0) return true;
  const type = identifierAt(line, 0);
  const rest = line.slice(type.length);
  if (type === '' || !(rest === '' || rest.startsWith(':'))) return true;
  open.type = type;
  open.message = rest.startsWith(':') ? [rest.slice(1).trimStart()] : [];
  return false;
}

/** `  File "path", line 12, in name`; a syntax error's `File` line has no `in` and is no frame. */
export function parsePythonFrame(line: string): StackFrame | null {
  const text = line.trimStart();
  if (!text.startsWith('File "')) return null;
  const close = text.indexOf('", line ');
  if (close === -1) return null;
  const file = text.slice(6, close);
  const comma = text.indexOf(', in ', close + 8);
  if (comma === -1) return null;
  const number = digitsBefore(text, comma);
  if (number === null || number.start !== close + 8) return null;
  const isEvaluated = file.startsWith('<') && !file.startsWith('<frozen ');
  return {
    function: text.slice(comma + 5).trim(),
    file: isEvaluated ? null : file,
    line: positiveOrNull(number.value),
    column: null,
    kind: isEvaluated ? 'eval' : kindOfFile(file),
  };
}

/** `  |   `, `  +-+---------------- 1 ----------------`: the frame that an exception group is printed in. */
function groupPrefix(line: string): { readonly length: number; readonly isMemberStart: boolean } {
  const indent = indentOf(line);
  if (line.startsWith('+ Exception Group', indent)) return { length: indent + 2, isMemberStart: false };
  if (line.startsWith('+', indent) && line.includes('------')) return { length: line.length, isMemberStart: true };
  if (line[indent] !== '|') return { length: 0, isMemberStart: false };
  return { length: Math.min(line.length, indent + 2), isMemberStart: false };
}

const isRule = (line: string) => line.startsWith('+---');
