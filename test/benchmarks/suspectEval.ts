import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateRca, type RcaEvaluation } from '../../src/cli/evalCommand';
import { bystanderCases } from './suspects/bystanderCases';
import { callerCases } from './suspects/callerCases';
import { codeCases } from './suspects/codeCases';
import { writeCases } from './suspects/composeCase';
import { configCases } from './suspects/configCases';
import { dataPathCases } from './suspects/dataPathCases';
import { freshCases } from './suspects/freshCases';
import { groundCases } from './suspects/groundCases';
import { hardCases } from './suspects/hardCases';
import { innocentCases } from './suspects/innocentCases';
import { lateCases } from './suspects/lateCases';
import { noneCases } from './suspects/noneCases';
import { outsideCases } from './suspects/outsideCases';
import { platformCases } from './suspects/platformCases';
import { releaseCases } from './suspects/releaseCases';
import { secondCases } from './suspects/secondCases';
import { serviceCases } from './suspects/serviceCases';
import type { SuspectCase } from './suspects/suspectCase';

/** All made-up incidents. */
export const suspectCases: readonly SuspectCase[] = [
  ...codeCases,
  ...configCases,
  ...lateCases,
  ...hardCases,
  ...noneCases,
  ...bystanderCases,
  ...innocentCases,
  ...serviceCases,
  ...dataPathCases,
  ...callerCases,
  ...platformCases,
  ...releaseCases,
  ...outsideCases,
  ...groundCases,
  ...freshCases,
  ...secondCases,
];

export interface SuspectCounts {
  readonly name: string;
  readonly cases: number;
  /** The guilty commit, or rightly none. */
  readonly right: number;
  readonly abstained: number;
  readonly decoy: number;
  readonly accused: number;
}

export interface SuspectEvaluation {
  readonly counts: readonly SuspectCounts[];
  /** Cases that were not right, with what became of them. */
  readonly misses: readonly { readonly name: string; readonly result: string; readonly rank: number | null }[];
}

/** Investigates the made-up incidents whole, and those of a recorded set as well where its folder is given. */
export async function evaluateSuspects(recordedDir: string | null): Promise<SuspectEvaluation> {
  const dir = await mkdtemp(join(tmpdir(), 'aidog-suspects-'));
  try {
    await writeCases(join(dir, 'made-up'), suspectCases);
    await writeCases(
      join(dir, 'made-up, guilty commit taken away'),
      suspectCases.filter(({ guilty }) => guilty !== null).map(withoutGuilty),
    );
    const evaluations = [await evaluate(dir, [])];
    if (recordedDir !== null) evaluations.push(await evaluate(recordedDir, ['rcb']));
    const sets = evaluations.flatMap((evaluation) => evaluation.sets);
    return {
      counts: sets.map(({ set, results }) => countsOf(set, results)),
      misses: sets.flatMap(({ results }) =>
        results
          .filter(({ judged }) => judged.commit !== 'pass')
          .map(({ case: name, judged }) => ({ name, result: judged.commit ?? 'not asked', rank: judged.suspectRank ?? null })),
      ),
    };
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The same incident where nothing that was committed explains it, with all decoys left. */
function withoutGuilty(one: SuspectCase): SuspectCase {
  return {
    ...one,
    commits: one.commits.filter(({ id }) => id !== one.guilty),
    deployments: one.deployments.filter(([, , id]) => id !== one.guilty),
    guilty: null,
  };
}

function evaluate(dir: string, sets: readonly string[]): Promise<RcaEvaluation> {
  const log = { info: () => undefined, error: () => undefined };
  return evaluateRca({ dir, sets, log, signal: new AbortController().signal, onCase: () => undefined });
}

function countsOf(name: string, results: RcaEvaluation['sets'][number]['results']): SuspectCounts {
  const count = (...kinds: string[]) => results.filter(({ judged }) => kinds.includes(judged.commit ?? '')).length;
  return {
    name,
    cases: results.length,
    right: count('pass'),
    abstained: count('abstained', 'failed'),
    decoy: count('decoy', 'wrong'),
    accused: count('accused'),
  };
}
