import { formatCount, formatNumber } from '../../domain/format';
import type { Activity, ActivityWindow } from './activity';
import { growForest } from './isolationForest';
import type { FrequencyAnomaly, LineAnomaly, WindowAnomaly } from './logReport';
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

/** Windows whose mixture of templates an isolation forest tells apart from the others, and that stand out in one template at least. */
export function windowAnomalies(activity: Activity, mined: MinedTemplates, hasTime: boolean): readonly WindowAnomaly[] {
  const windows = activity.windows.map((window) => byTemplate(window, mined));
  if (windows.length < LEAST_WINDOWS) return [];
  const features = frequentTemplates(windows);
  const vectors = windows.map((counts) => vectorOf(counts, features));
  const quiet = vectors.filter((_, at) => activity.windows[at]?.isQuiet);
  const forest = growForest(quiet.length >= LEAST_WINDOWS ? quiet : vectors);
  return vectors
    .flatMap((vector, at) => {
      const score = forest.score(vector);
      const furthest = score < ODD_WINDOW ? null : furthestFeature(vectors, vector);
      const template = furthest && features[furthest.feature];
      if (!furthest || template === undefined || template === null || furthest.distance < FAR_WINDOW) return [];
      const from = activity.start + at * activity.width;
      const usual = Math.round(Math.expm1(furthest.usual));
      const count = windows[at]?.get(template) ?? 0;
      const reason = `template ${template} occurs ${formatCount(count)} times here, usually ${formatCount(usual)}`;
      return [{ kind: 'window' as const, from, to: from + activity.width, hasTime, template, score, reason }];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_REPORTED);
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

function furthestFeature(vectors: readonly (readonly number[])[], vector: readonly number[]) {
  const judged = vector.map((value, feature) => {
    const { median, spread } = medianAndSpread(vectors.map((each) => each[feature] ?? 0));
    return { feature, usual: median, distance: Math.abs(value - median) / Math.max(spread, 0.25) };
  });
  return judged.reduce((best, each) => (each.distance > best.distance ? each : best));
}

const LEAST_SAMPLES = 30;
const MAX_TEMPLATES = 300;
const ODD_LINE = 0.6;
const FAR_LINE = 8;
const LEAST_SPREAD = 0.1;

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
  if (length === 0) return [];
  const vectorFor = ({ values }: QuantitySample) => values.slice(0, length).map((value) => Math.log1p(value));
  const vectors = samples.map(vectorFor);
  const forest = growForest(vectors);
  const middles = Array.from({ length }, (_, at) => medianAndSpread(vectors.map((vector) => vector[at] ?? 0)));
  const candidates = new Map(
    [...samples, ...extremes].filter(({ values }) => values.length >= length).map((sample) => [sample.line, sample]),
  );
  return [...candidates.values()].flatMap((sample) => {
    const vector = vectorFor(sample);
    const distances = vector.map(
      (value, at) => Math.abs(value - (middles[at]?.median ?? 0)) / Math.max(middles[at]?.spread ?? 0, LEAST_SPREAD),
    );
    const at = distances.indexOf(Math.max(...distances));
    const score = forest.score(vector);
    if (score < ODD_LINE || (distances[at] ?? 0) < FAR_LINE) return [];
    const usual = formatNumber(Math.expm1(middles[at]?.median ?? 0));
    const reason = `states ${formatNumber(sample.values[at] ?? 0)} where ${usual} is usual`;
    return [{ kind: 'line' as const, line: sample.line, template, score, example: sample.text, reason }];
  });
}
