import { hasAny } from './changedLines';
import type { MechanismHit, MechanismKind } from './mechanism';
import { nameAbove } from './settingName';
import type { DiffHunk, DiffLine } from './unifiedDiff';

/** A name with a value that is no number, as in YAML, `.env`, Terraform, properties and constants. */
interface TextSetting {
  readonly line: DiffLine;
  readonly key: string;
  readonly value: string;
}

interface TextRule {
  readonly key: RegExp;
  /** The value after the change; every value where it is absent. */
  readonly after?: RegExp;
  /** What must stand in the hunk around it, where the name alone says too little. */
  readonly near?: RegExp;
  readonly kind: MechanismKind;
  /** 0..1, see `Mechanism.weight`. */
  readonly weight: number;
  readonly what: string;
}

/** What machines are called, from small to large; `2xlarge` is twice an `xlarge`. */
const SIZES = ['nano', 'micro', 'small', 'medium', 'large', 'xlarge'];
const MACHINE = /instance_?(?:type|class|size)|machine_?type|node_?type|vm_?size|^sku$|tier$/i;

/** How large a machine is by its name, to compare two of a provider: `t3.large`, `n2-standard-16`, `Standard_D8s_v5`. Null when it does not say. */
function machineSize(name: string): number | null {
  const match = /(?:^|[._-])(\d{1,3})?(nano|micro|small|medium|xlarge|large)(?:$|[._-])/i.exec(name);
  if (match !== null) return SIZES.indexOf(match[2]?.toLowerCase() ?? '') + Math.log2(Number(match[1] ?? 1));
  const cores = /(?:-|_[A-Z]{1,3})(\d{1,3})(?:[a-z]*_v\d+|$)/.exec(name)?.[1];
  return cores === undefined ? null : Math.log2(Number(cores));
}

const OFF = /^(?:false|off|no|0|disabled|none|null|nil|None)$/i;
const ON = /^(?:true|on|yes|1|enabled)$/i;

/** The first that fits counts. */
const RULES: readonly TextRule[] = [
  {
    key: /log_?level|^level$|verbosity|logging/i,
    after: /debug|trace|verbose|all/i,
    kind: 'log_volume_raised',
    weight: 0.65,
    what: 'much more is logged',
  },
  {
    key: /^(?:debug|verbose)$|log_?(?:bodies|payloads?|requests|sql)|echo/i,
    after: ON,
    kind: 'log_volume_raised',
    weight: 0.6,
    what: 'much more is logged',
  },
  { key: /cache/i, after: /^(?:no-store|no-cache|max-age=0)/i, kind: 'cache_removed', weight: 0.65, what: 'a cache was switched off' },
  { key: /cache/i, after: OFF, kind: 'cache_removed', weight: 0.65, what: 'a cache was switched off' },
  { key: /keep_?alive|pooling|reuse/i, after: OFF, kind: 'pool_shrunk', weight: 0.6, what: 'connections are no longer kept' },
  { key: /schedule|cron|rate_expression/i, kind: 'schedule_changed', weight: 0.55, what: 'a job runs at other times' },
  {
    key: /tls|ssl|cipher|ca_?(?:file|bundle|cert)|cert|verify|reject_?unauthorized|mtls/i,
    kind: 'tls_changed',
    weight: 0.6,
    what: 'how connections are secured was changed',
  },
  {
    key: /audience|^aud$|issuer|^iss$|scopes?$|roles?$|permission|policy|principal|service_?account|client_?id|api_?key|secret|credential|token|allowed_?(?:origins?|hosts?)|cors|same_?site/i,
    kind: 'access_changed',
    weight: 0.6,
    what: 'who may do what was changed',
  },
  {
    key: /host|url|uri|endpoint|addr|server|broker|dsn|domain|bucket|topic|queue|database|db_?name|consumer_?group|group_?id|registry|region/i,
    kind: 'host_changed',
    weight: 0.6,
    what: 'it now talks to something else',
  },
  { key: /isolation|consistency|locking|acks?$|fsync/i, kind: 'lock_widened', weight: 0.5, what: 'writes wait for more' },
  {
    key: /^(?:path|port|scheme|command)$|probe|health_?check/i,
    near: /probe|health_?check/i,
    kind: 'probe_tightened',
    weight: 0.6,
    what: 'how health is checked was changed',
  },
  { key: /restart_?policy/i, kind: 'probe_tightened', weight: 0.35, what: 'how a program is started again was changed' },
  {
    key: /time_?zone|^tz$|locale|charset|encoding|collation/i,
    kind: 'arithmetic_changed',
    weight: 0.45,
    what: 'how values are read was changed',
  },
];

const SWITCH = /^(?:true|false|on|off|yes|no|enabled|disabled)$/i;
const MAX_HITS = 3;
/** Of a hunk with more, such as a generated file's, the first ones are compared. */
const MAX_SETTINGS = 200;

/** Finds texts and switches that were changed under the same name, and names that were changed over the same value. */
export function findTextSettings(hunk: DiffHunk): MechanismHit[] {
  const removed = settingsOf(hunk, 'removed').slice(0, MAX_SETTINGS);
  const added = settingsOf(hunk, 'added').slice(0, MAX_SETTINGS);
  const hits: MechanismHit[] = [];
  for (const now of added) {
    const old = removed.find((setting) => setting.key === now.key);
    if (old !== undefined && old.value !== now.value) hits.push(...judge(old, now, hunk));
    if (old === undefined) hits.push(...renamed(now, removed, added));
  }
  return hits.slice(0, MAX_HITS);
}

function judge(old: TextSetting, now: TextSetting, hunk: DiffHunk): MechanismHit[] {
  const isNear = (near: RegExp) => near.test(hunk.section) || hasAny(hunk.lines, near);
  const rule = RULES.find(
    ({ key, after, near }) => key.test(now.key) && (after === undefined || after.test(now.value)) && (near === undefined || isNear(near)),
  );
  const line = now.line.newLine;
  const [size, newSize] = MACHINE.test(now.key) ? [machineSize(old.value), machineSize(now.value)] : [null, null];
  const change = `${now.key}: ${old.value.slice(0, 40)} → ${now.value.slice(0, 40)}`;
  if (size !== null && newSize !== null && newSize < size)
    return [{ kind: 'scale_lowered', weight: 0.65, line, reason: `it runs on a smaller machine (${change})`, names: [now.value] }];
  if (rule !== undefined && !(SWITCH.test(now.value) && rule.after === undefined && rule.kind === 'host_changed'))
    return [{ kind: rule.kind, weight: rule.weight, line, reason: `${rule.what} (${change})`, names: [now.key, now.value] }];
  if (!SWITCH.test(old.value) || !SWITCH.test(now.value)) return [];
  return [{ kind: 'default_flipped', weight: 0.5, line, reason: `a default was flipped (${change})`, names: [now.key] }];
}

/** A setting whose name is new and whose value an old one had: what reads it by the old name finds nothing. */
function renamed(now: TextSetting, removed: readonly TextSetting[], added: readonly TextSetting[]): MechanismHit[] {
  if (!isSettingName(now.key)) return [];
  const old = removed.find(
    (setting) => setting.value === now.value && isSettingName(setting.key) && !added.some(({ key }) => key === setting.key),
  );
  if (old === undefined) return [];
  const reason = `the setting ${old.key} is now called ${now.key}`;
  return [{ kind: 'setting_renamed', weight: 0.6, line: now.line.newLine, reason, names: [old.key, now.key] }];
}

/** Names of variables of the environment and keys of settings, which others read by name; not those of a program's own variables. */
const isSettingName = (key: string) => /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$|[.-]/.test(key);

const SETTING =
  /^\s*(?:-\s+|export\s+|(?:const|let|var|final|static|public|private)\s+){0,4}["']?([A-Za-z_][\w.-]{0,80})["']?\s*(?::=|[:=])\s*(?:["'`]([^"'`]{0,200})["'`]|([A-Za-z_/*][^\s"'`,;(){}]{0,200}))\s*[,;]?\s*(?:#.*|\/\/.*)?$/;

/** `proxy_pass http://files;`, as servers are configured. */
const DIRECTIVE = /^\s*([a-z][a-z_]{2,40})\s+()([^\s;{}()]{2,200});$/;

function settingsOf(hunk: DiffHunk, kind: 'added' | 'removed'): TextSetting[] {
  return hunk.lines.flatMap((line, at) => {
    if (line.kind !== kind) return [];
    const text = line.text.slice(0, 400).trimEnd();
    const match = SETTING.exec(text) ?? DIRECTIVE.exec(text);
    const value = (match?.[2] ?? match?.[3] ?? '').trim();
    if (match === null || value === '') return [];
    return [{ line, key: match[1] === 'value' || match[1] === 'default' ? (nameAbove(hunk, at) ?? match[1]) : (match[1] ?? ''), value }];
  });
}
