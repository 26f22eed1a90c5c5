import { randomUUID } from 'node:crypto';
import type { Commit } from '../domain/change';
import type { TimeWindow } from '../domain/timeSeries';
import { runGit } from './runGit';

/** A commit's diff is cut after this many characters, and a window's commits after this many. */
const MAX_DIFF_CHARS = 100_000;
const MAX_COMMITS = 500;
/** Git takes smaller numbers for something other than seconds since the epoch. */
export const EARLIEST_SEC = 100_000_000;

/**
 * The commits of all branches (stashes left out) whose commit date lies in the window, newest first, in one process.
 * Fields are separated by NUL and commits by a random mark that no commit can contain, so that no text in a commit can
 * be taken for another one.
 */
export async function readCommitLog(dir: string, name: string, window: TimeWindow, signal: AbortSignal): Promise<Commit[]> {
  const mark = randomUUID();
  const args = [
    'log',
    '--exclude=refs/stash',
    '--all',
    '--no-merges',
    `--max-count=${MAX_COMMITS}`,
    `--since=@${Math.max(EARLIEST_SEC, Math.floor(window.fromMs / 1000))}`,
    `--until=@${Math.ceil(window.toMs / 1000)}`,
    `--format=%x00${mark}%x00%H%x00%an%x00%ct%x00%B%x00`,
    '--raw',
    '-z',
    '-p',
    '-U3',
    '-M',
    '--no-ext-diff',
    '--no-textconv',
    '--no-color',
    '--src-prefix=a/',
    '--dst-prefix=b/',
  ];
  const answer = await runGit(dir, args, { signal });
  const records = answer.text.split(`\0${mark}\0`).slice(1);
  return records.flatMap((record) => readRecord(record, name) ?? []).filter((commit) => commit.timestampMs < window.toMs);
}

function readRecord(record: string, repository: string): Commit | null {
  const [sha, author, seconds, message, ...rest] = splitFields(record, 4);
  if (sha === undefined || author === undefined || seconds === undefined || message === undefined) return null;
  const { files, diff } = readChanges(rest.join(''));
  return { sha, repository, author, timestampMs: Number(seconds) * 1000, message: message.trim(), files, diff: cut(diff) };
}

/** The first `count` NUL-terminated fields, then the rest. */
function splitFields(text: string, count: number): string[] {
  const fields: string[] = [];
  let start = 0;
  for (let at = 0; at < count; at += 1) {
    const end = text.indexOf('\0', start);
    if (end === -1) break;
    fields.push(text.slice(start, end));
    start = end + 1;
  }
  return [...fields, text.slice(start)];
}

/** `--raw -z` entries (`:modes shas status NUL path NUL`, two paths for renames), an empty field, then the patch. */
function readChanges(text: string): { files: string[]; diff: string } {
  const files: string[] = [];
  let rest = text.replace(/^[\0\n]*/, '');
  while (rest.startsWith(':')) {
    const status = rest.slice(0, rest.indexOf('\0')).split(' ')[4] ?? '';
    const isPair = status.startsWith('R') || status.startsWith('C');
    const fields = splitFields(rest, isPair ? 3 : 2);
    const path = fields[isPair ? 2 : 1];
    if (path === undefined || fields.length < (isPair ? 4 : 3)) break;
    files.push(path);
    rest = fields.at(-1) ?? '';
  }
  const patch = rest.indexOf('diff --git ');
  return { files, diff: patch === -1 ? '' : rest.slice(patch) };
}

/** A cut diff ends with a whole line. */
function cut(diff: string): string {
  if (diff.length <= MAX_DIFF_CHARS) return diff;
  return diff.slice(0, diff.lastIndexOf('\n', MAX_DIFF_CHARS) + 1);
}
