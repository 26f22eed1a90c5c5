import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LineMapping, Repository } from '../../src/domain/ports';
import { openRepository } from '../../src/git/repository';
import { createRandom, type Files, GeneratedHistory, type HistoryOptions, textOf } from './driftHistory';
import { median } from './measurement';

export interface DriftCase {
  readonly sha: string;
  readonly path: string;
  readonly line: number;
  /** Where the generator knows the line to be now; null when it is gone or says something else. */
  readonly truth: { readonly path: string; readonly line: number } | null;
  readonly answer: LineMapping;
}

export interface DriftResult {
  readonly cases: number;
  /** Lines that were followed to where they are. */
  readonly right: number;
  /** Lines declared edited, deleted or unknown. */
  readonly declared: number;
  readonly wrong: number;
  /** Lines that are still there as they were, and how many of them were followed. */
  readonly unchanged: number;
  readonly unchangedFound: number;
  /** Median time of the first answer about a commit, about a further file of it, and about a further line of that. */
  readonly msPerCommit: number;
  readonly msPerFile: number;
  readonly msPerLine: number;
  readonly mistakes: readonly DriftCase[];
}

export interface DriftOptions extends HistoryOptions {
  readonly cases: number;
  /** Whether lines of the working tree are followed back to commits. */
  readonly isBack?: boolean;
}

export const FULL_DRIFT: DriftOptions = { seed: 1, commits: 220, files: 8, functions: 14, cases: 2_000 };

/** Replays a generated history in a real Git repository, with uncommitted changes on top, and asks where lines went. */
export async function measureDrift(options: DriftOptions = FULL_DRIFT): Promise<DriftResult> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'aidog-drift-')));
  try {
    const { shas, states, now } = writeHistory(root, options);
    const { signal } = new AbortController();
    const repository = await openRepository(root, signal);
    const cases: DriftCase[] = [];
    const times: Record<'commit' | 'file' | 'line', number[]> = { commit: [], file: [], line: [] };
    const seen = new Set<string>();
    for (const { at, path, line } of sample(states, now, options)) {
      const sha = shas[at] ?? '';
      const [asked, there] = options.isBack ? [now, states[at]] : [states[at], now];
      const before = performance.now();
      const answer = await ask(repository, sha, path, line, options.isBack ?? false, signal);
      times[seen.has(`${sha}:${path}`) ? 'line' : seen.has(sha) ? 'file' : 'commit'].push(performance.now() - before);
      seen.add(sha).add(`${sha}:${path}`);
      cases.push({ sha, path, line, answer, truth: truthOf(asked ?? new Map(), there ?? new Map(), path, line) });
    }
    return { ...summarise(cases), msPerCommit: median(times.commit), msPerFile: median(times.file), msPerLine: median(times.line) };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function ask(repository: Repository, sha: string, path: string, line: number, isBack: boolean, signal: AbortSignal): Promise<LineMapping> {
  return isBack ? repository.mapLineBack(path, line, sha, signal) : repository.mapLine(sha, path, line, signal);
}

function summarise(cases: readonly DriftCase[]): Omit<DriftResult, 'msPerCommit' | 'msPerFile' | 'msPerLine'> {
  const isSure = ({ answer }: DriftCase) => answer.status === 'exact' || answer.status === 'moved';
  const isRight = (one: DriftCase) =>
    isSure(one) && one.truth !== null && one.answer.path === one.truth.path && one.answer.line === one.truth.line;
  const isHonest = ({ answer, path, line }: DriftCase) => (answer.status === 'exact') === (answer.path === path && answer.line === line);
  const mistakes = cases.filter((one) => isSure(one) && !(isRight(one) && isHonest(one)));
  const unchanged = cases.filter(({ truth }) => truth !== null);
  return {
    cases: cases.length,
    right: cases.filter(isRight).length,
    declared: cases.filter((one) => !isSure(one)).length,
    wrong: mistakes.length,
    unchanged: unchanged.length,
    unchangedFound: unchanged.filter(isRight).length,
    mistakes,
  };
}

/** Where the line that stands there in one state is in another; null when it is gone or, indentation apart, says something else. */
function truthOf(from: Files, to: Files, path: string, line: number): { path: string; line: number } | null {
  const wanted = from.get(path)?.[line - 1];
  for (const [there, lines] of to) {
    const at = lines.findIndex(({ id }) => id === wanted?.id);
    if (at !== -1) return lines[at]?.text.trim() === wanted?.text.trim() ? { path: there, line: at + 1 } : null;
  }
  return null;
}

function sample(states: readonly Files[], now: Files, { cases, seed, isBack }: DriftOptions): { at: number; path: string; line: number }[] {
  const random = createRandom(seed + 77);
  const below = (limit: number) => Math.floor(random() * limit);
  const drawn: { at: number; path: string; line: number }[] = [];
  while (drawn.length < cases) {
    const at = below(states.length);
    const files = [...((isBack ? now : states[at]) ?? [])].filter(([, lines]) => lines.length > 0);
    // A trace has some frames in each of a few files, all of one commit.
    for (let count = 0; count < 12 && drawn.length < cases; ) {
      const [path, lines] = files[below(files.length)] ?? ['', []];
      for (const end = count + 4; count < end && drawn.length < cases; count += 1) drawn.push({ at, path, line: 1 + below(lines.length) });
    }
  }
  return drawn;
}

function writeHistory(root: string, options: HistoryOptions): { shas: string[]; states: Files[]; now: Files } {
  const history = new GeneratedHistory(options);
  const states = [history.snapshot()];
  for (let at = 1; at < options.commits; at += 1) {
    history.change();
    states.push(history.snapshot());
  }
  const git = (args: readonly string[], input?: string) =>
    execFileSync('git', ['-C', root, ...args], { input, encoding: 'utf8', maxBuffer: 1e9 });
  git(['init', '--quiet', '--initial-branch=main']);
  git(['fast-import', '--quiet'], states.map(importOf).join(''));
  git(['-c', 'core.autocrlf=false', 'reset', '--quiet', '--hard', 'main']);
  history.change();
  const now = history.snapshot();
  writeWorkingTree(root, states.at(-1) ?? new Map(), now);
  return { shas: git(['rev-list', '--reverse', 'main']).trim().split('\n'), states, now };
}

function importOf(files: Files, at: number): string {
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const contents = [...files].map(([path, lines]) => `M 100644 inline ${path}\n${data(textOf(lines))}`);
  return `commit refs/heads/main\ncommitter Ada <ada@shop.example> ${1_767_225_600 + at * 600} +0000\n${data(`change ${at}`)}deleteall\n${contents.join('')}\n`;
}

/** Leaves the last changes uncommitted, as an editor would, without telling Git; every other file has Windows line ends. */
function writeWorkingTree(root: string, committed: Files, now: Files): void {
  for (const path of committed.keys()) if (!now.has(path)) rmSync(join(root, path));
  for (const [at, [path, lines]] of [...now].entries()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    const text = textOf(lines);
    writeFileSync(join(root, path), at % 2 === 0 ? text : text.replaceAll('\n', '\r\n'));
  }
}
