import { parseArgs } from 'node:util';
import { badArguments } from '../domain/errors';
import type { ModelChoice } from '../domain/languageModel';
import type { ModelPrice } from '../domain/modelUse';
import { type AnomaliesCommand, anomaliesCommandOf, anomaliesOptions } from './anomaliesArguments';
import { finiteNumber, understood, webAddress, wholeNumber } from './argumentValues';
import { type EvalCommand, evalCommandOf, evalOptions } from './evalArguments';
import { type LogsCommand, logsCommandOf, logsOptions } from './logsArguments';
import { modelOptions, modelsOf } from './modelArguments';
import { type TracesCommand, tracesCommandOf, tracesOptions } from './tracesArguments';

export interface InvestigateCommand {
  readonly kind: 'investigate';
  readonly target:
    | { readonly kind: 'recording'; readonly dir: string }
    | { readonly kind: 'monitor'; readonly id: number }
    | { readonly kind: 'service'; readonly service: string; readonly env: string | null };
  readonly workspaces: readonly string[];
  /** A folder of runbooks beside those of the repositories; null for none. */
  readonly runbooks: string | null;
  readonly site: string | null;
  readonly baseUrl: string | null;
  /** null for none. */
  readonly model: ModelChoice | null;
  readonly fallbackModel: ModelChoice | null;
  readonly modelPrice?: ModelPrice | null;
  readonly isJson: boolean;
}

export interface SandboxCommand {
  readonly kind: 'sandbox';
  readonly port: number;
  /** null: no UDP. */
  readonly statsdPort: number | null;
  readonly recording: string | null;
  readonly isShifted: boolean;
}

export interface StackCommand {
  readonly kind: 'stack';
  readonly workspaces: readonly string[];
  /** A commit id, a tag or a version; null when it is not known what ran. */
  readonly commit: string | null;
  readonly service: string | null;
  readonly isJson: boolean;
}

export interface DoctorCommand {
  readonly kind: 'doctor';
  readonly workspaces: readonly string[];
  /** Look at this environment only; null for all. */
  readonly env: string | null;
  readonly site: string | null;
  readonly baseUrl: string | null;
  readonly isJson: boolean;
}

export interface ForecastCommand {
  readonly kind: 'forecast';
  readonly threshold: number | null;
  /** The threshold is crossed by falling below it. */
  readonly isBelow: boolean;
  /** Steps; null to look for it. */
  readonly season: number | null;
  readonly intervalSec: number | null;
  readonly model: 'embedded' | 'statistical';
  readonly modelFile: string | null;
  readonly isJson: boolean;
}

export type Command =
  | InvestigateCommand
  | ForecastCommand
  | LogsCommand
  | TracesCommand
  | AnomaliesCommand
  | EvalCommand
  | StackCommand
  | DoctorCommand
  | SandboxCommand
  | { readonly kind: 'help' | 'version' };

/** What the words after `aidog` ask for. Throws `badArguments` with what to mend. */
export function parseCommand(args: readonly string[]): Command {
  const [name, ...rest] = args;
  if (name === undefined || args.includes('--help') || args.includes('-h') || name === 'help') return { kind: 'help' };
  if (name === '--version' || name === '-v') return { kind: 'version' };
  if (name === 'investigate') return investigateCommand(rest);
  if (name === 'stack') return stackCommand(rest);
  if (name === 'doctor') return doctorCommand(rest);
  if (name === 'sandbox') return sandboxCommand(rest);
  if (name === 'forecast') return forecastCommand(rest);
  if (name === 'anomalies')
    return anomaliesCommandOf(understood(() => parseArgs({ args: [...rest], options: anomaliesOptions, strict: true }).values));
  if (name === 'logs') return logsCommandOf(understood(() => parseArgs({ args: [...rest], options: logsOptions, strict: true }).values));
  if (name === 'traces')
    return tracesCommandOf(understood(() => parseArgs({ args: [...rest], options: tracesOptions, strict: true }).values));
  if (name === 'eval') {
    const { values, positionals } = understood(() =>
      parseArgs({ args: [...rest], options: evalOptions, strict: true, allowPositionals: true }),
    );
    return evalCommandOf(values, positionals);
  }
  throw badArguments(
    `there is no command "${name}"; there are "investigate", "stack", "doctor", "forecast", "anomalies", "logs", "traces", "eval" and "sandbox".`,
  );
}

const investigateOptions = {
  recording: { type: 'string' },
  monitor: { type: 'string' },
  service: { type: 'string' },
  env: { type: 'string' },
  workspace: { type: 'string', multiple: true },
  runbooks: { type: 'string' },
  site: { type: 'string' },
  'base-url': { type: 'string' },
  ...modelOptions,
  json: { type: 'boolean' },
} as const;

const stackOptions = {
  workspace: { type: 'string', multiple: true },
  commit: { type: 'string' },
  service: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const doctorOptions = {
  workspace: { type: 'string', multiple: true },
  env: { type: 'string' },
  site: { type: 'string' },
  'base-url': { type: 'string' },
  json: { type: 'boolean' },
} as const;

const forecastOptions = {
  threshold: { type: 'string' },
  below: { type: 'boolean' },
  season: { type: 'string' },
  interval: { type: 'string' },
  model: { type: 'string' },
  'model-file': { type: 'string' },
  json: { type: 'boolean' },
} as const;

const sandboxOptions = {
  port: { type: 'string' },
  'statsd-port': { type: 'string' },
  recording: { type: 'string' },
  shift: { type: 'boolean' },
} as const;

function investigateCommand(args: readonly string[]): InvestigateCommand {
  const values = understood(() => parseArgs({ args: [...args], options: investigateOptions, strict: true }).values);
  if (values.runbooks === '') throw badArguments('--runbooks is empty.');
  return {
    kind: 'investigate',
    target: targetOf(values),
    workspaces: values.workspace ?? [],
    runbooks: values.runbooks ?? null,
    site: values.site ?? null,
    baseUrl: values['base-url'] === undefined ? null : webAddress(values['base-url']),
    ...modelsOf(values),
    isJson: values.json ?? false,
  };
}

type TargetValues = { readonly recording?: string; readonly monitor?: string; readonly service?: string; readonly env?: string };

function targetOf({ recording, monitor, service, env }: TargetValues): InvestigateCommand['target'] {
  const given = [recording, monitor, service].filter((value) => value !== undefined);
  if (given.length !== 1) throw badArguments('say what to investigate with exactly one of --recording DIR, --monitor ID, --service NAME.');
  if (env !== undefined && service === undefined) throw badArguments('--env goes with --service only.');
  if (given[0] === '') throw badArguments('what to investigate is empty.');
  if (recording !== undefined) return { kind: 'recording', dir: recording };
  if (monitor !== undefined) return { kind: 'monitor', id: wholeNumber('--monitor', monitor, 1, Number.MAX_SAFE_INTEGER) };
  return { kind: 'service', service: service ?? '', env: env ?? null };
}

function stackCommand(args: readonly string[]): StackCommand {
  const { workspace, commit, service, json } = understood(() => parseArgs({ args: [...args], options: stackOptions, strict: true }).values);
  for (const [option, value] of Object.entries({ commit, service })) if (value === '') throw badArguments(`--${option} is empty.`);
  if (workspace?.includes('')) throw badArguments('--workspace is empty.');
  return { kind: 'stack', workspaces: workspace ?? [], commit: commit ?? null, service: service ?? null, isJson: json ?? false };
}

function doctorCommand(args: readonly string[]): DoctorCommand {
  const values = understood(() => parseArgs({ args: [...args], options: doctorOptions, strict: true }).values);
  const { workspace, env, site, json } = values;
  for (const [option, value] of Object.entries({ env, site })) if (value === '') throw badArguments(`--${option} is empty.`);
  if (workspace?.includes('')) throw badArguments('--workspace is empty.');
  const baseUrl = values['base-url'] === undefined ? null : webAddress(values['base-url']);
  return { kind: 'doctor', workspaces: workspace ?? [], env: env ?? null, site: site ?? null, baseUrl, isJson: json ?? false };
}

function sandboxCommand(args: readonly string[]): SandboxCommand {
  const values = understood(() => parseArgs({ args: [...args], options: sandboxOptions, strict: true }).values);
  if (values.shift && values.recording === undefined) throw badArguments('--shift goes with --recording only.');
  return {
    kind: 'sandbox',
    port: values.port === undefined ? 8126 : wholeNumber('--port', values.port, 0, 65_535),
    statsdPort: values['statsd-port'] === undefined ? null : wholeNumber('--statsd-port', values['statsd-port'], 0, 65_535),
    recording: values.recording ?? null,
    isShifted: values.shift ?? false,
  };
}

function forecastCommand(args: readonly string[]): ForecastCommand {
  const values = understood(() => parseArgs({ args: withNegatives(args), options: forecastOptions, strict: true }).values);
  const { threshold, below = false, season, interval, model = 'embedded', 'model-file': modelFile = null } = values;
  if (below && threshold === undefined) throw badArguments('--below goes with --threshold only.');
  if (model !== 'embedded' && model !== 'statistical') throw badArguments(`--model is embedded or statistical, not "${model}".`);
  if (modelFile === '') throw badArguments('--model-file is empty.');
  return {
    kind: 'forecast',
    threshold: threshold === undefined ? null : finiteNumber('--threshold', threshold),
    isBelow: below,
    season: season === undefined ? null : wholeNumber('--season', season, 2, 1_000_000),
    intervalSec: interval === undefined ? null : wholeNumber('--interval', interval, 1, 31_536_000),
    model,
    modelFile,
    isJson: values.json ?? false,
  };
}

/** `--threshold -5` as `--threshold=-5`, which is how a value that begins with a dash must be written. */
function withNegatives(args: readonly string[]): string[] {
  return args.flatMap((word, at) => {
    if (args[at - 1] === '--threshold' && /^-[\d.]/.test(word)) return [];
    const next = args[at + 1];
    return [word === '--threshold' && next !== undefined && /^-[\d.]/.test(next) ? `${word}=${next}` : word];
  });
}
