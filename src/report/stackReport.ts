import { formatCount, formatPlural, formatSha } from '../domain/format';
import type { WorkingTreeLocation } from '../domain/frame';
import { oneLine } from '../domain/plainText';
import type { ResolvedException, ResolvedFrame, ResolvedTrace } from '../domain/resolvedTrace';

export interface StackReportOptions {
  /** How a file of the workspace is named for the reader. */
  readonly pathOf: (place: { readonly root: string; readonly path: string }) => string;
  readonly hasColour: boolean;
}

const MAX_TEXT = 300;
const MAX_NAME = 44;
const MAX_ROWS = 100;
const MAX_SHOWN_CANDIDATES = 3;
/** From this score on a file is named without a reason. */
const SURE = 0.8;

const RELATIONS = { cause: 'Caused by ', context: 'While handling ', suppressed: 'Suppressed ', group: 'In the group ' } as const;

const FATE = { exact: 'unchanged', moved: '', edited: 'edited since', deleted: 'deleted since', unknown: '' } as const;

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

function traceLines({ exceptions, culpritFrame, commit }: ResolvedTrace, style: Style): string[] {
  const lines: string[] = [];
  let first = 0;
  for (const [at, exception] of exceptions.entries()) {
    lines.push(style.strong(heading(exception)));
    if (at === 0 && commit !== null) lines.push(style.dim(`  ran at ${nameOfCommit(commit)}`));
    lines.push(...frameLines(exception.frames, culpritFrame === null ? -1 : culpritFrame - first, style));
    first += exception.frames.length;
  }
  return lines;
}

const nameOfCommit = (commit: string) => (/^[0-9a-f]{12,}$/.test(commit) ? formatSha(commit) : shown(commit));

function heading({ type, message, relation }: ResolvedException): string {
  return `${relation === null ? '' : RELATIONS[relation]}${shown(message === '' ? type : `${type}: ${message}`)}`;
}

/** Frames of one exception; a frame that is the same as the one before, as in a recursion, is counted instead of shown again. */
function frameLines(frames: readonly ResolvedFrame[], culprit: number, style: Style): string[] {
  const rows = rowsOf(frames);
  const visible = rows.slice(0, MAX_ROWS);
  const width = Math.max(0, ...visible.map(({ frame }) => nameOf(frame).length));
  const lines: string[] = [];
  let reasonBefore = '';
  for (const { frame, at, times } of visible) {
    const isCulprit = culprit >= at && culprit < at + times;
    const line = `${isCulprit ? '»' : ' '} ${nameOf(frame).padEnd(width)}  ${placeOf(frame, style)}${times > 1 ? ` (${formatCount(times)} times)` : ''}`;
    lines.push(isOwn(frame) ? line : style.dim(line));
    const reason = isCulprit || needsReason(frame) ? reasonOf(frame, style) : '';
    if (reason !== '' && (reason !== reasonBefore || isCulprit)) lines.push(style.dim(`${' '.repeat(width + 6)}${reason}`));
    reasonBefore = reason;
  }
  const left = rows.slice(MAX_ROWS).reduce((sum, { times }) => sum + times, 0);
  return left > 0 ? [...lines, style.dim(`  … ${formatPlural(left, 'more frame')}; --json shows all`)] : lines;
}

interface Row {
  readonly frame: ResolvedFrame;
  readonly at: number;
  readonly times: number;
}

function rowsOf(frames: readonly ResolvedFrame[]): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < frames.length; ) {
    const frame = frames[at] as ResolvedFrame;
    const times = timesInARow(frames, at);
    rows.push({ frame, at, times });
    at += times;
  }
  return rows;
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

/** Where a line is unchanged or has only moved, and the file is sure, the place says enough. */
const needsReason = ({ kind, workspace }: ResolvedFrame) =>
  workspace === null ? kind === 'app' : workspace.score < SURE || (workspace.status !== 'exact' && workspace.status !== 'moved');

const nameOf = ({ function: name }: ResolvedFrame) => oneLine(name ?? '(anonymous)', MAX_NAME);

function placeOf(frame: ResolvedFrame, { pathOf, strong }: Style): string {
  const { workspace, file, line, column, kind } = frame;
  if (workspace !== null) {
    const fate = fateOf(workspace, frame.deployed?.line ?? line);
    return `→ ${strong(`${shown(pathOf(workspace))}:${workspace.line}`)}${fate === '' ? '' : ` (${fate})`}`;
  }
  const printed = file === null ? '' : `${shown(file)}${line === null ? '' : `:${line}${column === null ? '' : `:${column}`}`}`;
  return `  ${[printed, kind === 'app' ? '' : kind].filter((part) => part !== '').join('  ')}`.trimEnd();
}

/** What became of the line, and where the trace had it when that is elsewhere. */
function fateOf({ status, line }: WorkingTreeLocation, printed: number | null): string {
  const fate = FATE[status];
  if (printed === null || printed === line) return fate;
  return fate === '' ? `moved from ${printed}` : `${fate}, was ${printed}`;
}

function reasonOf({ candidates, reason }: ResolvedFrame, { pathOf }: Style): string {
  if (candidates.length === 0) return shown(reason);
  const names = candidates.slice(0, MAX_SHOWN_CANDIDATES).map((candidate) => shown(pathOf(candidate)));
  const left = candidates.length - names.length;
  return `${shown(reason)} Candidates: ${names.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

const shown = (text: string) => oneLine(text, MAX_TEXT);
