import { formatNumber } from '../../domain/format';
import { growForest } from './isolationForest';
import { quantitiesIn } from './quantities';
import { medianAndSpread } from './spread';
import { TemplateMiner } from './templateMiner';

/** Messages of one template whose quantities are unlike those of the quiet stretch. */
export interface OddMessages {
  readonly template: string;
  /** The places in `during`, the most unusual first. */
  readonly places: readonly number[];
  /** Messages of the template in the quiet stretch. */
  readonly before: number;
  readonly score: number;
  readonly reason: string;
}

const LEAST_QUIET = 20;
const ODD = 0.6;
const FAR = 8;
const LEAST_SPREAD = 0.1;

/**
 * Compares durations, sizes and counts that messages state with those of the quiet stretch, by template: odd is what an isolation forest
 * over the quiet ones tells apart and what lies eight deviations from their median. Quantities count by their logarithm.
 */
export function oddMessages(before: readonly string[], during: readonly string[]): readonly OddMessages[] {
  const miner = new TemplateMiner();
  const quietIds = before.map((message) => miner.add(message));
  const loudIds = during.map((message) => miner.add(message));
  const { templates, templateOf } = miner.finish();
  const group = (ids: readonly number[]) => {
    const places: number[][] = templates.map(() => []);
    for (const [at, id] of ids.entries()) places[templateOf(id)]?.push(at);
    return places;
  };
  const quiet = group(quietIds);
  const loud = group(loudIds);
  return templates
    .flatMap(({ template }, id) => {
      const usual = (quiet[id] ?? []).map((at) => vectorOf(before[at] ?? ''));
      const found = oddPlaces(
        usual,
        (loud[id] ?? []).map((at) => ({ at, vector: vectorOf(during[at] ?? '') })),
      );
      return found === null ? [] : [{ template, before: usual.length, ...found }];
    })
    .sort((a, b) => b.score - a.score);
}

const vectorOf = (message: string) => quantitiesIn(message).map((value) => Math.log1p(value));

function oddPlaces(
  usual: readonly (readonly number[])[],
  candidates: readonly { readonly at: number; readonly vector: readonly number[] }[],
) {
  const length = usual[0]?.length ?? 0;
  const alike = usual.filter((vector) => vector.length === length);
  if (length === 0 || alike.length < LEAST_QUIET) return null;
  const forest = growForest(alike);
  const middles = Array.from({ length }, (_, feature) => medianAndSpread(alike.map((vector) => vector[feature] ?? 0)));
  const judged = candidates.flatMap(({ at, vector }) => {
    if (vector.length !== length) return [];
    const distances = vector.map(
      (value, feature) => Math.abs(value - (middles[feature]?.median ?? 0)) / Math.max(middles[feature]?.spread ?? 0, LEAST_SPREAD),
    );
    const feature = distances.indexOf(Math.max(...distances));
    const score = forest.score(vector);
    return score >= ODD && (distances[feature] ?? 0) >= FAR ? [{ at, score, feature, value: vector[feature] ?? 0 }] : [];
  });
  const [worst] = judged.sort((a, b) => b.score - a.score || b.value - a.value);
  if (!worst) return null;
  const reason = `it states ${formatNumber(Math.expm1(worst.value))} where ${formatNumber(Math.expm1(middles[worst.feature]?.median ?? 0))} was usual`;
  return { places: judged.map(({ at }) => at), score: worst.score, reason };
}
