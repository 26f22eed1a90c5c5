import { formatCount, formatNumber } from '../../domain/format';
import type { Activity, ActivityWindow } from './activity';
import { growForest } from './isolationForest';
import type { FrequencyAnomaly, LineAnomaly, WindowAnomaly } from './logReport';
import { oddQuantities } from './oddQuantities';
import type { QuantitySample } from './quantities';
import type { ShapeStatistics } from './shapeStatistics';
import { medianAndSpread } from './spread';
import { changeReason, judgeFrequency } from './templateChange';
import type { MinedTemplates } from './templateMiner';

const MAX_REPORTED = 50;
/** Chi-squared with one degree of freedom: p < 0.01. What is new with less is told only where its level or meaning is trouble. */
const TELLING = 6.63;

/** Templates that are new, burst or vanished against the quiet stretch, the strongest evidence first. */
export function frequencyAnomalies(statistics: ReadonlyMap<number, ShapeStatistics>, weight: number): readonly FrequencyAnomaly[] {
  return [...statistics]
    .flatMap(([template, seen]) => {
      const { before, during, firstMs } = seen;
      const judged = judgeFrequency(before, during, weight);
      if (judged.change === 'known' || (judged.evidence < TELLING && !isTrouble(seen))) return [];
      const score = 1 - Math.exp(-judged.evidence / 20);
      return [{ kind: judged.change, template, before, during, firstMs, score, reason: changeReason(judged, before, during, weight) }];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_REPORTED);
}

function isTrouble({ status, events }: ShapeStatistics): boolean {
  return events.size > 0 || status === 'error' || status === 'critical' || status === 'alert' || status === 'emergency';
}

const LEAST_WINDOWS = 12;
const MAX_FEATURES = 40;
const ODD_WINDOW = 0.62;
const FAR_WINDOW = 6;
/** Of logarithms of counts: from none to twenty, or from ten to two hundred, is far. */
const LEAST_SPREAD = 0.5;
const MAX_JUDGED = 30;

/** Windows whose mixture of templates an isolation forest tells apart from the others, and that stand out in one template at least. */
export function windowAnomalies(activity: Activity, mined: MinedTemplates, hasTime: boolean): readonly WindowAnomaly[] {
  const windows = activity.windows.map((window) => byTemplate(window, mined));
  if (windows.length < LEAST_WINDOWS) return [];
  const features = frequentTemplates(windows);
  const vectors = windows.map((counts) => vectorOf(counts, features));
  const quiet = vectors.filter((_, at) => activity.windows[at]?.isQuiet);
  const usual = quiet.length >= LEAST_WINDOWS ? quiet : vectors;
  const middles = vectors[0]?.map((_, feature) => medianAndSpread(usual.map((vector) => vector[feature] ?? 0))) ?? [];
  return vectors
    .map((vector, at) => ({ at, vector, ...furthestFeature(vector, middles) }))
    .filter(({ distance, feature }) => distance >= FAR_WINDOW && feature < features.length)
    .sort((a, b) => b.distance - a.distance || a.at - b.at)
    .slice(0, MAX_JUDGED)
    .flatMap(({ at, vector, feature, middle }) => {
      // A forest does not see beyond the range that it was grown from.
      const score = growForest(usual.includes(vector) ? usual : [...usual, vector]).score(vector);
      if (score < ODD_WINDOW) return [];
      const template = features[feature] ?? 0;
      const from = activity.start + at * activity.width;
      const count = windows[at]?.get(template) ?? 0;
      const reason = `template ${template} occurs ${formatCount(count)} times here, usually ${formatCount(Math.round(Math.expm1(middle)))}`;
      return [{ kind: 'window' as const, from, to: from + activity.width, hasTime, template, score, reason }];
    })
    .sort((a, b) => b.score - a.score);
}

function byTemplate({ counts }: ActivityWindow, { templateOf }: MinedTemplates): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const [id, count] of counts) {
    const template = id < 0 ? id : templateOf(id);
    found.set(template, (found.get(template) ?? 0) + count);
  }
  return found;
}

function frequentTemplates(windows: readonly ReadonlyMap<number, number>[]): readonly number[] {
  const totals = new Map<number, number>();
  for (const counts of windows) for (const [id, count] of counts) if (id >= 0) totals.set(id, (totals.get(id) ?? 0) + count);
  const ranked = [...totals].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return ranked.slice(0, MAX_FEATURES).map(([id]) => id);
}

/** Counts as logarithms; the last feature is everything else. */
function vectorOf(counts: ReadonlyMap<number, number>, features: readonly number[]): readonly number[] {
  const known = new Set(features);
  const rest = [...counts].reduce((sum, [id, count]) => (known.has(id) ? sum : sum + count), 0);
  return [...features.map((id) => Math.log1p(counts.get(id) ?? 0)), Math.log1p(rest)];
}

/** The feature of a vector that is most deviations away from its median, and that median. */
function furthestFeature(vector: readonly number[], middles: readonly { readonly median: number; readonly spread: number }[]) {
  const distances = vector.map((value, feature) => {
    const { median = 0, spread = 0 } = middles[feature] ?? {};
    return Math.abs(value - median) / Math.max(spread, LEAST_SPREAD);
  });
  const distance = Math.max(...distances);
  const feature = distances.indexOf(distance);
  return { feature, distance, middle: middles[feature]?.median ?? 0 };
}

const LEAST_SAMPLES = 30;
const MAX_TEMPLATES = 300;
/** Messages whose quantities an isolation forest tells apart from others of their template and that are far from the median. */
export function lineAnomalies(statistics: ReadonlyMap<number, ShapeStatistics>): readonly LineAnomaly[] {
  return [...statistics]
    .filter(([, { sampler }]) => (sampler?.samples.length ?? 0) >= LEAST_SAMPLES)
    .slice(0, MAX_TEMPLATES)
    .flatMap(([template, { sampler }]) => oddSamples(template, sampler?.samples ?? [], sampler?.extremes ?? []))
    .sort((a, b) => b.score - a.score || a.line - b.line)
    .slice(0, MAX_REPORTED);
}

function oddSamples(template: number, samples: readonly QuantitySample[], extremes: readonly QuantitySample[]): LineAnomaly[] {
  const length = Math.min(...samples.map(({ values }) => values.length));
  const cut = ({ values }: QuantitySample) => values.slice(0, length);
  const candidates = [...new Map([...samples, ...extremes].map((sample) => [sample.line, sample])).values()];
  return oddQuantities(samples.map(cut), candidates.map(cut)).flatMap(({ at, score, value, usual }) => {
    const sample = candidates[at];
    if (!sample) return [];
    const reason = `states ${formatNumber(value)} where ${formatNumber(usual)} is usual`;
    return [{ kind: 'line' as const, line: sample.line, template, score, example: sample.text, reason }];
  });
}
