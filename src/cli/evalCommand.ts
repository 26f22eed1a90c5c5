import { resolve } from 'node:path';
import { noEvaluationData } from '../domain/evaluationErrors';
import { formatPlural } from '../domain/format';
import type { Investigation } from '../domain/investigation';
import { modelLabel } from '../domain/modelAddress';
import type { ModelSettings } from '../domain/modelUse';
import type { Log } from '../domain/ports';
import { createEngine, type Engine } from '../engine/engine';
import { type ModelEffect, modelEffect, modelEffectText } from '../evaluation/modelEffect';
import { rcaText } from '../evaluation/rcaText';
import { type RunOptions, runSets, type SetResult, TIMEOUT_WITHOUT_MODEL_SEC } from '../evaluation/runSets';
import { type CaseSet, readSets } from '../evaluation/sets';
import { type Summary, summarize } from '../evaluation/summarize';
import { debugLog } from './debugLog';
import type { EvalCommand } from './evalArguments';
import { modelSettingsFrom } from './modelSettings';
import type { World } from './world';

/** Investigates recorded incidents whose causes are known and prints how often AIDog was right. */
export async function evalCommand({ sets, dataDir, isJson, ...chosen }: EvalCommand, world: World): Promise<void> {
  const dir = dataDir ?? world.env.AIDOG_DATA ?? '';
  if (dir === '') throw noEvaluationData();
  let done = 0;
  const onCase = () => {
    done += 1;
    if (world.stderr.isTTY) world.stderr.write(`\r${formatPlural(done, 'case')}`);
  };
  const models = modelSettingsFrom(chosen, world);
  const evaluation = await evaluateRca({ dir: resolve(world.cwd, dir), sets, models, signal: world.signal, log: debugLog(world), onCase });
  if (world.stderr.isTTY) world.stderr.write('\r\u001b[K');
  world.stdout.write(isJson ? rcaJson(evaluation) : rcaText(evaluation.sets, evaluation.all) + effectText(evaluation));
}

export interface RcaEvaluation {
  readonly sets: readonly SetResult[];
  /** Of all sets together. */
  readonly all: Summary;
  /** What the model changed; null where none worded the reports. */
  readonly model: ModelEffect | null;
}

const effectText = ({ model }: RcaEvaluation) => (model === null ? '' : modelEffectText(model));

interface SetOptions extends Pick<RunOptions, 'signal' | 'onCase'> {
  readonly log: Log;
  /** Who words the reports; no model when absent. */
  readonly models?: ModelSettings;
}

export interface RcaOptions extends SetOptions {
  readonly dir: string;
  /** Empty for all. */
  readonly sets: readonly string[];
}

export async function evaluateRca({ dir, sets, ...options }: RcaOptions): Promise<RcaEvaluation> {
  return evaluateSets(await readSets(dir, sets), options);
}

/** Runs every case in one engine, as the CLI would one of them; with a model once more, to see what that changes. */
export async function evaluateSets(known: readonly CaseSet[], { log, models, signal, onCase }: SetOptions): Promise<RcaEvaluation> {
  const engine = createEngine({ log, onProgress: () => undefined });
  const primary = models?.primary ?? null;
  const found = { alone: new Map<string, Investigation>(), worded: new Map<string, Investigation>() };
  const run = (kind: keyof typeof found, timeoutSec?: number) =>
    runSets(known, {
      investigate: (recording, until) => investigate(engine, recording, until),
      signal,
      ...(timeoutSec === undefined ? {} : { timeoutSec }),
      onCase(set, result, one) {
        // Nothing is kept where nothing will be compared.
        if (one !== null && primary !== null) found[kind].set(`${set}/${result.case}`, one);
        onCase?.(set, result, one);
      },
    });
  try {
    const alone = await run('alone');
    if (models === undefined || primary === null) return { sets: alone, all: summaryOf(alone), model: null };
    engine.commands.configureModels({ settings: models });
    const sets = await run('worded', TIMEOUT_WITHOUT_MODEL_SEC + (models.budget.seconds ?? models.timeoutSec));
    const pairs = [...found.alone].flatMap(([name, one]) => {
      const worded = found.worded.get(name);
      return worded === undefined ? [] : [{ name, alone: one, worded }];
    });
    return { sets, all: summaryOf(sets), model: modelEffect(modelLabel(primary), pairs) };
  } finally {
    engine.dispose();
  }
}

const summaryOf = (sets: readonly SetResult[]) => summarize(sets.flatMap(({ results }) => results));

function investigate(engine: Engine, dir: string, signal: AbortSignal) {
  return engine.requests.investigate({ runId: 'eval', target: { kind: 'recording', dir }, repositories: [] }, signal);
}

/** The answers stay out: what is printed may be read by whoever works on the investigation. */
export function rcaJson({ sets, all, model }: Omit<RcaEvaluation, 'model'> & Partial<RcaEvaluation>): string {
  const shown = sets.map(({ set, results, summary }) => ({
    set,
    ...summary,
    rows: results.map(({ case: name, seconds, failure, judged }) => ({ case: name, seconds, failure, ...judged })),
  }));
  return `${JSON.stringify({ sets: shown, all, ...(model ? { model } : {}) }, null, 2)}\n`;
}
