import type { MechanismHit } from './mechanism';
import type { DiffHunk, DiffLine } from './unifiedDiff';

interface Setting {
  readonly line: DiffLine;
  readonly key: string;
  /** In the unit that is written, seconds for times. */
  readonly value: number;
}

interface Rule {
  readonly key: RegExp;
  readonly direction: 'down' | 'up';
  readonly hit: Pick<MechanismHit, 'kind' | 'symptom' | 'weight'>;
  readonly what: string;
}

const RULES: readonly Rule[] = [
  {
    key: /timeout|deadline/i,
    direction: 'down',
    hit: { kind: 'timeout_lowered', symptom: 'both', weight: 0.7 },
    what: 'a timeout was lowered',
  },
  {
    key: /pool|max_?(?:open_?)?conn|connection_?limit|max_?sockets|max_?idle_?conns|concurrency|workers/i,
    direction: 'down',
    hit: { kind: 'pool_shrunk', symptom: 'both', weight: 0.7 },
    what: 'a pool of connections or workers was made smaller',
  },
  {
    key: /ttl|expir|max_?age/i,
    direction: 'down',
    hit: { kind: 'cache_shortened', symptom: 'latency', weight: 0.65 },
    what: 'a cache now forgets sooner',
  },
  {
    key: /retr(?:y|ies)|attempts/i,
    direction: 'up',
    hit: { kind: 'retry_added', symptom: 'latency', weight: 0.3 },
    what: 'more retries are made',
  },
  {
    key: /retr(?:y|ies)|attempts/i,
    direction: 'down',
    hit: { kind: 'retry_removed', symptom: 'errors', weight: 0.4 },
    what: 'fewer retries are made',
  },
  {
    key: /backoff|base_?delay/i,
    direction: 'down',
    hit: { kind: 'retry_removed', symptom: 'both', weight: 0.6 },
    what: 'retries wait less or not at all',
  },
  {
    key: /(?:max|limit|memory|heap|quota|replicas|rate)/i,
    direction: 'down',
    hit: { kind: 'limit_lowered', symptom: 'both', weight: 0.45 },
    what: 'a limit was lowered',
  },
];

/** Finds numbers that were changed under the same name: timeouts, pools, times to live, retries, limits. */
export function findSettings(hunk: DiffHunk): MechanismHit[] {
  const before = hunk.lines.filter((line) => line.kind === 'removed').flatMap(settingsIn);
  const after = hunk.lines.filter((line) => line.kind === 'added').flatMap(settingsIn);
  const hits: MechanismHit[] = [];
  for (const old of before) {
    const now = after.find((setting) => setting.key === old.key);
    if (now !== undefined && now.value !== old.value) hits.push(...judge(old, now));
    else if (now === undefined && /backoff|base_?delay/i.test(old.key)) hits.push(...judge(old, { ...old, value: 0 }));
  }
  return hits.slice(0, 3);
}

function judge(old: Setting, now: Setting): MechanismHit[] {
  const direction = now.value < old.value ? 'down' : 'up';
  const rule = RULES.find((candidate) => candidate.direction === direction && candidate.key.test(old.key));
  if (rule === undefined) return [];
  const line = now.line.kind === 'added' ? now.line.newLine : old.line.newLine;
  const factor = Math.abs(Math.log(Math.max(now.value, 1e-3) / Math.max(old.value, 1e-3)));
  const weight = rule.hit.weight * (factor < 0.5 ? 0.6 : 1);
  return [{ ...rule.hit, weight, line, reason: `${rule.what} (${old.key}: ${show(old.value)} → ${show(now.value)})` }];
}

const show = (value: number) => String(Math.round(value * 1000) / 1000);

/** `name: 30 * time.Second`, `name = 5000`, `name(300ms)`, `WithTimeout(ctx, 300*time.Millisecond)`. */
const SETTING =
  /([A-Za-z_][\w.-]*)["']?\s*(?::=|:\s*\w+\s*=|[:=(])\s*(?:[A-Za-z_]\w*\s*,\s*)?["']?(\d[\d_]*(?:\.\d+)?)\s*\*?\s*([A-Za-z_.]*)/g;

function settingsIn(line: DiffLine): Setting[] {
  if (/^\s*(?:\/\/|#|\*)/.test(line.text)) return [];
  return [...line.text.slice(0, 400).matchAll(SETTING)].map((match) => ({
    line,
    key: (match[1] ?? '').split('.').at(-1) ?? '',
    value: Number((match[2] ?? '').replaceAll('_', '')) * secondsIn(match[3] ?? ''),
  }));
}

/** Factor of a unit of time; 1 for numbers without a known unit. */
function secondsIn(unit: string): number {
  const name = unit.toLowerCase().replace(/^time\./, '');
  if (name === 'ms' || name.startsWith('milli')) return 0.001;
  if (name === 'm' || name.startsWith('min')) return 60;
  if (name === 'h' || name.startsWith('hour')) return 3600;
  return 1;
}
