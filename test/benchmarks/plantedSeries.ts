import { dailySeries, seededRandom } from '../fakes/seededSeries';
import type { LabelledSeries } from './nabScore';

const DAYS = 14;
const ROWS_A_DAY = 288;
const FROM = 10 * ROWS_A_DAY;
const LENGTH = 100;
const SEEDS = 20;

type Fault = (value: number, at: number, random: () => number) => number;

/** What can be wrong with a series; `at` counts from where it begins. */
const FAULTS: Readonly<Record<string, Fault>> = {
  spike: (value, at) => (at === 10 ? value + 60 : value),
  'drop to zero': () => 0,
  'level shift': (value) => value + 25,
  'flat line': (_value, at) => (at < 0 ? 0 : 100),
  'spikes in a row': (value, _at, random) => (random() < 0.2 ? value + 30 : value),
  'another shape': (value) => 200 - value,
  drift: (value, at) => value + 0.5 * at,
};

/** Daily series with one fault each, by the name of the fault; and clean ones. */
export function plantedSeries(): ReadonlyMap<string, LabelledSeries[]> {
  const seeds = Array.from({ length: SEEDS }, (_, seed) => seed + 1);
  const kinds = [...Object.entries(FAULTS), ['none', null] as const];
  return new Map(kinds.map(([name, fault]) => [name, seeds.map((seed) => planted(name, fault, seed))]));
}

function planted(name: string, fault: Fault | null, seed: number): LabelledSeries {
  const { next } = seededRandom(1000 + seed);
  const from = FROM + 13 * seed;
  const points = dailySeries({ days: DAYS, seed });
  const values = points.map(([, value], row) =>
    fault !== null && row >= from && row < from + LENGTH ? fault(value, row - from, next) : value,
  );
  return { name: `${name} ${seed}`, group: name, times: points.map(([sec]) => sec), values, windows: [[from, from + LENGTH - 1]] };
}
