import { localise } from '../../src/diagnosis/localisation/localise';
import type { Forecaster } from '../../src/domain/ports';
import { tagValue, valuesWithin } from '../../src/domain/timeSeries';
import { gather } from '../../src/investigation/gather';
import { perceive } from '../../src/investigation/perceive/perceive';
import { Run } from '../../src/investigation/run';
import { windowsAround } from '../../src/investigation/windows';
import { median } from '../../src/signals/statistics';
import { createFakeTelemetry } from '../fakes/telemetry';
import { FAULTS, type FaultKind } from './places/faults';
import { createIncident, type PlacedIncident } from './places/incident';
import { SHAPES, type Shape } from './places/system';
import { VOCABULARIES, type Vocabulary } from './places/vocabularies';

/** How often the right service came first, and among the first three. */
export interface PlaceScore {
  readonly name: string;
  readonly cases: number;
  readonly ac1: number;
  readonly ac3: number;
  /** The same of the service whose metrics changed most, as a share of what they were. */
  readonly baseline1: number;
  readonly baseline3: number;
}

export interface PlaceEvaluation {
  readonly byVocabulary: readonly PlaceScore[];
  readonly byFault: readonly PlaceScore[];
  readonly byShape: readonly PlaceScore[];
  readonly all: PlaceScore;
  readonly misses: readonly string[];
}

export interface PlaceOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly faults: readonly FaultKind[];
  readonly vocabularies: readonly Vocabulary[];
  readonly shapes: readonly Shape[];
}

export const FULL_PLACES: PlaceOptions = { rounds: 1, seed: 1, faults: FAULTS, vocabularies: VOCABULARIES, shapes: SHAPES };

interface Case {
  readonly vocabulary: string;
  readonly fault: string;
  readonly shape: string;
  readonly seed: number;
  readonly truth: string;
  readonly top: string;
  /** 1-based. */
  readonly rank: number;
  readonly baselineRank: number;
}

/** Plants each fault in systems of each shape, measured in each vocabulary, and asks which service is at fault. */
export async function evaluatePlaces(options: PlaceOptions = FULL_PLACES): Promise<PlaceEvaluation> {
  const cases: Case[] = [];
  let seed = options.seed * 100_003;
  for (let round = 0; round < options.rounds; round++)
    for (const fault of options.faults)
      for (const shape of options.shapes)
        for (const vocabulary of options.vocabularies) cases.push(await judged(vocabulary, fault, shape, ++seed));
  const by = (of: (one: Case) => string) =>
    [...new Set(cases.map(of))].map((name) =>
      scoreOf(
        name,
        cases.filter((one) => of(one) === name),
      ),
    );
  return {
    byVocabulary: by(({ vocabulary }) => vocabulary),
    byFault: by(({ fault }) => fault),
    byShape: by(({ shape }) => shape),
    all: scoreOf('all', cases),
    misses: cases.filter(({ rank }) => rank > 1).map(missOf),
  };
}

const missOf = ({ vocabulary, fault, shape, seed, truth, top, rank }: Case) =>
  `${vocabulary}, ${fault}, ${shape}, seed ${seed}: ${truth} is at ${rank}, behind ${top}`;

async function judged(vocabulary: Vocabulary, fault: FaultKind, shape: Shape, seed: number): Promise<Case> {
  const incident = createIncident(shape, fault, vocabulary, seed);
  const found = await localised(incident);
  const truth = incident.fault.service;
  const rankIn = (services: readonly string[]) => (services.includes(truth) ? services.indexOf(truth) + 1 : Number.POSITIVE_INFINITY);
  return {
    vocabulary: vocabulary.name,
    fault,
    shape,
    seed,
    truth,
    top: found[0] ?? 'no service',
    rank: rankIn(found),
    baselineRank: rankIn(byLargestChange(incident)),
  };
}

async function localised({ world, nowMs }: PlacedIncident): Promise<string[]> {
  const run = new Run(
    {
      telemetry: createFakeTelemetry(world),
      repositories: [],
      clock: { nowMs: () => nowMs },
      log: { info: () => undefined, error: () => undefined },
      forecaster: createNoForecaster(),
    },
    () => undefined,
    new AbortController().signal,
  );
  const [monitor] = world.monitors ?? [];
  const gathered = await gather({ kind: 'monitor', id: monitor?.id ?? 0 }, run);
  const { findings } = await perceive(gathered, run);
  return localise(findings).culprits.map(({ service }) => service);
}

/** Forecasts have no part in where it began, and take most of the time. */
function createNoForecaster(): Forecaster {
  const refused = () => Promise.reject(new Error('not part of this evaluation'));
  return { forecast: refused, forecastAll: refused };
}

/** Services by the metric of theirs that changed by the largest share. */
function byLargestChange({ world, onsetMs, nowMs }: PlacedIncident): string[] {
  const { baseline, incident } = windowsAround(onsetMs, nowMs);
  const changes = new Map<string, number>();
  for (const series of world.series ?? []) {
    const [before, during] = [baseline, incident].map((window) => median(valuesWithin(series, window))) as [number, number];
    const service = tagValue(series.tags, 'service') ?? '';
    const change = Math.abs(during - before) / Math.max(Math.abs(before), 1e-9);
    changes.set(service, Math.max(changes.get(service) ?? 0, change));
  }
  return [...changes].sort((a, b) => b[1] - a[1]).map(([service]) => service);
}

function scoreOf(name: string, cases: readonly Case[]): PlaceScore {
  const share = (of: 'rank' | 'baselineRank', most: number) => cases.filter((one) => one[of] <= most).length / Math.max(cases.length, 1);
  return {
    name,
    cases: cases.length,
    ac1: share('rank', 1),
    ac3: share('rank', 3),
    baseline1: share('baselineRank', 1),
    baseline3: share('baselineRank', 3),
  };
}
