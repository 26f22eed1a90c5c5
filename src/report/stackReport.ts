import { formatPlural } from '../domain/format';
import { oneLine } from '../domain/plainText';
import type { ResolvedException, ResolvedFrame, ResolvedTrace } from '../domain/resolvedTrace';

export interface StackReportOptions {
  /** How a file of the workspace is named for the reader. */
  readonly pathOf: (place: { readonly root: string; readonly path: string }) => string;
  readonly hasColour: boolean;
}

const MAX_TEXT = 300;
const MAX_NAME = 44;
const MAX_FRAMES = 100;
const MAX_SHOWN_CANDIDATES = 3;

const RELATIONS = { cause: 'Caused by ', context: 'While handling ', suppressed: 'Suppressed ', group: 'In the group ' } as const;

const STATUS = { exact: ' (unchanged)', moved: '', edited: ' (edited since)', deleted: ' (deleted since)', unknown: '' } as const;

type Paint = (text: string) => string;

interface Style {
  readonly pathOf: StackReportOptions['pathOf'];
  readonly dim: Paint;
  readonly strong: Paint;
}

/**
 * Resolved stack traces as plain text for a terminal: each frame with where it is in the workspace as `path:line`, the frame to
 * look at first marked with `»`. No control character of a trace reaches the terminal.
 */
export function stackReport(traces: readonly ResolvedTrace[], { pathOf, hasColour }: StackReportOptions): string {
  const paint = (code: number): Paint => (hasColour ? (text) => `\u001b[${code}m${text}\u001b[0m` : (text) => text);
  const style: Style = { pathOf, dim: paint(2), strong: paint(1) };
  return `${traces.map((trace) => traceLines(trace, style).join('\n')).join('\n\n')}\n`;
}

function traceLines({ exceptions, culpritFrame }: ResolvedTrace, style: Style): string[] {
  const lines: string[] = [];
  let first = 0;
  for (const exception of exceptions) {
    lines.push(style.strong(heading(exception)), ...frameLines(exception.frames, culpritFrame === null ? -1 : culpritFrame - first, style));
    first += exception.frames.length;
  }
  return lines;
}

function heading({ type, message, relation }: ResolvedException): string {
  return `${relation === null ? '' : RELATIONS[relation]}${shown(message === '' ? type : `${type}: ${message}`)}`;
}

/** Frames of one exception; a frame that is the same as the one before, as in a recursion, is counted instead of shown again. */
function frameLines(frames: readonly ResolvedFrame[], culprit: number, style: Style): string[] {
  const visible = frames.slice(0, MAX_FRAMES);
  const width = Math.max(0, ...visible.map((frame) => nameOf(frame).length));
  const indent = ' '.repeat(width + 6);
  const lines: string[] = [];
  let reasonBefore = '';
  for (let at = 0; at < visible.length; ) {
    const frame = visible[at] as ResolvedFrame;
    const times = timesInARow(frames, at);
    const line = `${at === culprit ? '»' : ' '} ${nameOf(frame).padEnd(width)}  ${placeOf(frame, style)}${times > 1 ? ` (${times} times)` : ''}`;
    lines.push(isOwn(frame) ? line : style.dim(line));
    const reason = isOwn(frame) ? reasonOf(frame, style) : '';
    if (reason !== '' && (reason !== reasonBefore || at === culprit)) lines.push(style.dim(`${indent}${reason}`));
    reasonBefore = reason;
    at += times;
  }
  const left = frames.length - MAX_FRAMES;
  return left > 0 ? [...lines, style.dim(`  … ${formatPlural(left, 'more frame')}; --json shows all`)] : lines;
}

function timesInARow(frames: readonly ResolvedFrame[], at: number): number {
  const { function: name, file, line, column } = frames[at] as ResolvedFrame;
  let end = at + 1;
  for (; end < frames.length; end += 1) {
    const next = frames[end] as ResolvedFrame;
    if (next.function !== name || next.file !== file || next.line !== line || next.column !== column) break;
  }
  return end - at;
}

const isOwn = ({ kind, workspace }: ResolvedFrame) => kind === 'app' || workspace !== null;

const nameOf = ({ function: name }: ResolvedFrame) => oneLine(name ?? '(anonymous)', MAX_NAME);

function placeOf(frame: ResolvedFrame, { pathOf, strong }: Style): string {
  const { workspace, file, line, column, kind } = frame;
  if (workspace !== null) {
    const moved = frame.line !== null && workspace.line !== frame.line ? ` (moved from ${frame.line})` : STATUS[workspace.status];
    return `→ ${strong(`${shown(pathOf(workspace))}:${workspace.line}`)}${moved}`;
  }
  const printed = file === null ? '' : `${shown(file)}${line === null ? '' : `:${line}${column === null ? '' : `:${column}`}`}`;
  return `  ${[printed, kind === 'app' ? '' : kind].filter((part) => part !== '').join('  ')}`.trimEnd();
}

function reasonOf({ candidates, reason }: ResolvedFrame, { pathOf }: Style): string {
  if (candidates.length === 0) return shown(reason);
  const names = candidates.slice(0, MAX_SHOWN_CANDIDATES).map((candidate) => shown(pathOf(candidate)));
  const left = candidates.length - names.length;
  return `${shown(reason)} Candidates: ${names.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

const shown = (text: string) => oneLine(text, MAX_TEXT);
