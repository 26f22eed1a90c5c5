import { formatNumber } from '../../domain/format';
import { oddQuantities } from './oddQuantities';
import { quantitiesIn } from './quantities';
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

/**
 * Compares durations, sizes and counts that messages state with those of the quiet stretch, by template; see
 * {@link oddQuantities}.
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
      const usual = (quiet[id] ?? []).map((at) => quantitiesIn(before[at] ?? ''));
      const alike = usual.filter(({ length }) => length === usual[0]?.length);
      if (alike.length < LEAST_QUIET) return [];
      const places = loud[id] ?? [];
      const odd = oddQuantities(
        alike,
        places.map((at) => quantitiesIn(during[at] ?? '')),
      );
      const [worst] = odd;
      if (!worst) return [];
      const reason = `it states ${formatNumber(worst.value)} where ${formatNumber(worst.usual)} was usual`;
      return [{ template, before: usual.length, places: odd.map(({ at }) => places[at] ?? 0), score: worst.score, reason }];
    })
    .sort((a, b) => b.score - a.score);
}
