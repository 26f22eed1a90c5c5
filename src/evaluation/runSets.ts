import { isCancellation, messageFor } from '../domain/errors';
import type { Investigation } from '../domain/investigation';
import { judge } from './judge';
import type { Case, CaseSet } from './sets';
import { type CaseResult, type Summary, summarize } from './summarize';

/** Seconds after which an investigation that waits for no model counts as failed. */
export const TIMEOUT_WITHOUT_MODEL_SEC = 60;

/** Investigates one recording. It gets the folder of the recording, never the answer. */
export type InvestigateRecording = (dir: string, signal: AbortSignal) => Promise<Investigation>;

export interface SetResult {
  readonly set: string;
  readonly results: readonly CaseResult[];
  readonly summary: Summary;
}

export interface RunOptions {
  readonly investigate: InvestigateRecording;
  readonly signal: AbortSignal;
  /** Instead of {@link TIMEOUT_WITHOUT_MODEL_SEC}. */
  readonly timeoutSec?: number;
  /** Is told of each case as it is done, with what was found; null where that failed. */
  readonly onCase?: (set: string, result: CaseResult, found: Investigation | null) => void;
}

/** Investigates all cases one after the other and judges what was found. A case that fails is wrong; only cancellation rejects. */
export async function runSets(sets: readonly CaseSet[], options: RunOptions): Promise<readonly SetResult[]> {
  const all: SetResult[] = [];
  for (const { name, cases } of sets) {
    const results: CaseResult[] = [];
    for (const one of cases) results.push(await runCase(name, one, options));
    all.push({ set: name, results, summary: summarize(results) });
  }
  return all;
}

async function runCase(
  set: string,
  { name, dir, answer }: Case,
  { investigate, signal, timeoutSec = TIMEOUT_WITHOUT_MODEL_SEC, onCase }: RunOptions,
): Promise<CaseResult> {
  signal.throwIfAborted();
  const began = performance.now();
  const limit = AbortSignal.timeout(timeoutSec * 1000);
  let found: Investigation | null = null;
  let failure: string | null = null;
  try {
    found = await investigate(dir, AbortSignal.any([signal, limit]));
  } catch (error) {
    if (signal.aborted) throw error;
    failure = isCancellation(error) ? `no answer within ${timeoutSec} s` : messageFor(error);
  }
  const seconds = (performance.now() - began) / 1000;
  const result = { case: name, seconds, failure, judged: judge(answer, found), answer };
  onCase?.(set, result, found);
  return result;
}
