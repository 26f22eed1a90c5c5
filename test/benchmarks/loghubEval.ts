import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TemplateMiner } from '../../src/signals/logs/templateMiner';
import { type LabelledLog, syntheticLogs } from './syntheticLogs';

export interface GroupingScore {
  readonly name: string;
  readonly accuracy: number;
  readonly found: number;
  readonly labelled: number;
}

/** The systems of a Loghub-2k folder; null where there is none. */
export function readLoghub(dataDir: string): readonly LabelledLog[] | null {
  const dir = path.join(dataDir, 'loghub');
  if (!existsSync(dir)) return null;
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readLog(name, path.join(dir, name)));
}

function readLog(name: string, dir: string): LabelledLog {
  const file = readdirSync(dir).find((each) => each.endsWith('_structured.csv')) ?? '';
  const [head = [], ...rows] = parseCsv(readFileSync(path.join(dir, file), 'utf8'));
  const column = (title: string) => rows.map((row) => row[head.indexOf(title)] ?? '');
  return { name, messages: column('Content'), groups: column('EventId') };
}

/** RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (quoted === undefined && plain === '' && end === '') break;
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** Grouping accuracy (Zhu et al., ICSE-SEIP 2019): the share of messages whose group holds exactly those of their true one. */
export function groupingAccuracy(found: readonly number[], groups: readonly string[]): number {
  const pairs = new Map<string, number>();
  const sizes = new Map<number | string, number>();
  const bump = <Key>(map: Map<Key, number>, key: Key) => map.set(key, (map.get(key) ?? 0) + 1);
  found.forEach((id, at) => {
    bump(pairs, `${id} ${groups[at]}`);
    bump(sizes, id);
    bump(sizes, groups[at] ?? '');
  });
  const right = found.filter((id, at) => {
    const both = pairs.get(`${id} ${groups[at]}`);
    return both === sizes.get(id) && both === sizes.get(groups[at] ?? '');
  });
  return right.length / Math.max(1, found.length);
}

export function groupsOf(messages: readonly string[]): number[] {
  const miner = new TemplateMiner();
  const ids = messages.map((message) => miner.add(message));
  const { templateOf } = miner.finish();
  return ids.map(templateOf);
}

export function scoreLoghub(logs: readonly LabelledLog[]): readonly GroupingScore[] {
  return logs.map(({ name, messages, groups }) => {
    const found = groupsOf(messages);
    return { name, accuracy: groupingAccuracy(found, groups), found: new Set(found).size, labelled: new Set(groups).size };
  });
}

/** Evaluations over labelled logs: those of the benchmark's folder, and made-up systems that nothing was chosen for. */
export interface LogEvaluation {
  readonly loghub: readonly GroupingScore[];
  readonly synthetic: readonly GroupingScore[];
}

const SEEDS = [1, 2, 3];

export function evaluateLogs(logs: readonly LabelledLog[]): LogEvaluation {
  const bySeed = SEEDS.map((seed) => scoreLoghub(syntheticLogs(seed)));
  const synthetic = (bySeed[0] ?? []).map((score, at) => ({
    ...score,
    accuracy: meanOf(bySeed.map((scores) => scores[at]?.accuracy ?? 0)),
  }));
  return { loghub: scoreLoghub(logs), synthetic };
}

export const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
