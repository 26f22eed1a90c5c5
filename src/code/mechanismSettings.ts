import type { MechanismHit } from './mechanism';
import { nameAbove } from './settingName';
import { SETTING_RULES } from './settingRules';
import type { DiffHunk, DiffLine } from './unifiedDiff';

interface Setting {
  readonly line: DiffLine;
  readonly key: string;
  /** In the unit that is written, seconds for times and bytes for memory. */
  readonly value: number;
}

/** Changes smaller than this ratio (e^0.5, about ×1.6) are tuning, and seldom harm. */
const PLAIN_LOG_RATIO = 0.5;
/** From ×4 on a change is no tuning at all. */
const LARGE_LOG_RATIO = Math.log(4);
const LARGE_FACTOR = 1.15;
const MAX_HITS = 3;
/** Of a hunk with more, such as a generated file's, the first ones are compared. */
const MAX_SETTINGS = 200;

/** Finds numbers that were changed under the same name: timeouts, pools, times to live, retries, limits. */
export function findSettings(hunk: DiffHunk): MechanismHit[] {
  const before = settingsOf(hunk, 'removed').slice(0, MAX_SETTINGS);
  const after = settingsOf(hunk, 'added').slice(0, MAX_SETTINGS);
  const hits: MechanismHit[] = [];
  for (const old of before) {
    const now = after.find((setting) => setting.key === old.key);
    if (now !== undefined && now.value !== old.value) hits.push(...judge(old, now));
    else if (now === undefined && /backoff|base_?delay/i.test(plainName(old.key))) hits.push(...judge(old, { ...old, value: 0 }));
  }
  return hits.sort((left, right) => right.weight - left.weight).slice(0, MAX_HITS);
}

/** What it means that a number went from one value to the other, whatever stands around it. */
function judge(old: Setting, now: Setting): MechanismHit[] {
  const direction = now.value < old.value ? 'down' : 'up';
  const rule = SETTING_RULES.find((candidate) => candidate.direction === direction && candidate.key.test(plainName(old.key)));
  if (rule === undefined) return [];
  const line = now.line.kind === 'added' ? now.line.newLine : old.line.newLine;
  const factor = Math.abs(Math.log(Math.max(now.value, 1e-3) / Math.max(old.value, 1e-3)));
  const weight =
    rule.weight * (factor >= LARGE_LOG_RATIO ? LARGE_FACTOR : factor < PLAIN_LOG_RATIO && rule.kind !== 'host_changed' ? 0.6 : 1);
  const reason = `${rule.what} (${old.key}: ${show(old.value)} → ${show(now.value)})`;
  return [
    {
      kind: rule.kind,
      weight,
      line,
      reason,
      setting: { key: old.key, before: old.value, after: now.value },
      names: [old.key, String(now.value)],
    },
  ];
}

/** `max-open-conns`, `max.open.conns` and `max_open_conns` are one name. */
const plainName = (key: string) => key.replaceAll(/[.-]/g, '_');

const show = (value: number) => String(Math.round(value * 1000) / 1000);

/** `name: 30 * time.Second`, `name = 5000`, `name(300ms)`, `WithTimeout(ctx, 300*time.Millisecond)`, `name: int = 30`. */
const SETTING =
  /(?<!\w|\w\.)([A-Za-z_][\w.-]*)["']?\s*(?::=|:\s*\w+\s*=|[:=(])\s*(?:[A-Za-z_]\w*\s*,\s*)?["']?(\d[\d_]*(?:\.\d+)?)\s*\*?\s*([A-Za-z_.]*)/g;
/** `proxy_read_timeout 60s;`, `maxmemory 2gb`: a line of a server's configuration, whose names may be of two words. */
const DIRECTIVE = /^\s*([a-z][\w-]*(?: [a-z]\w*)?)\s+(\d[\d_]*(?:\.\d+)?)([a-zA-Z]{0,12})\s*;?\s*$/g;
/** `-Xmx512m`, whose name and value stand together. */
const JAVA_HEAP = /-(Xm[xs])(\d+)([kmgKMG])/g;

function settingsOf(hunk: DiffHunk, kind: 'added' | 'removed'): Setting[] {
  return hunk.lines.flatMap((line, at) => (line.kind === kind ? settingsIn(line, nameAbove(hunk, at)) : []));
}

/** Times that languages make by a call, as they would be written with a unit: `Duration.ofMillis(300)` is `300 ms`. */
const CALLED_TIME =
  /\b(?:TimeSpan|Duration|time::Duration)(?:\.|::)(?:of|From|from_)?(Millis(?:econds)?|Secs|Seconds|Minutes|Hours|Days|millis|secs|seconds|minutes|hours|days)\(\s*(\d[\d_.]*)L?\s*\)|\btimedelta\(\s*(milliseconds|seconds|minutes|hours|days)\s*=\s*(\d[\d_.]*)\s*\)/g;

const plainTimes = (text: string) =>
  text.replaceAll(CALLED_TIME, (_, unit: string | undefined, value: string | undefined, named: string, number: string) =>
    unit === undefined ? `${number} ${named}` : `${value ?? ''} ${unit}`,
  );

function settingsIn(line: DiffLine, above: string | null): Setting[] {
  if (/^\s*(?:\/\/|#|\*)/.test(line.text)) return [];
  const text = plainTimes(line.text.slice(0, 400));
  return [...text.matchAll(SETTING), ...text.matchAll(JAVA_HEAP), ...text.matchAll(DIRECTIVE)].map((match) => {
    const written = nameIn(match[1] ?? '');
    const key = above !== null && /^(?:value|default)$/i.test(written) ? above : written;
    return { line, key, value: Number((match[2] ?? '').replaceAll('_', '')) * factorOf(match[3] ?? '', key) };
  });
}

/** `cfg.MaxConns` sets MaxConns; in properties, as `max.poll.records`, all of it is the name. */
const nameIn = (written: string) => (/[A-Z]/.test(written) ? (written.split('.').at(-1) ?? '') : written);

const TIME_UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  m: 60,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
};
const BYTE_UNITS: Readonly<Record<string, number>> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** Factor of a unit of time or memory; 1 for numbers without a known unit. CPUs are counted in thousandths (`500m`). */
function factorOf(unit: string, key: string): number {
  const name = unit.toLowerCase().replace(/^(?:time)?\./, '');
  if (/cpu/i.test(key)) return name === 'm' ? 0.001 : 1;
  if (/memory|heap|xm[xs]|storage|disk|bytes/i.test(key) || /^[kmgt]i?b$|^[kmgt]i$/.test(name)) return BYTE_UNITS[name.charAt(0)] ?? 1;
  if (name.startsWith('milli')) return 0.001;
  return TIME_UNITS[name] ?? (name.startsWith('min') ? 60 : name.startsWith('hour') ? 3600 : 1);
}
