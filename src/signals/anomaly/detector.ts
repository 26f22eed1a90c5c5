import type { Anomaly, AnomalyVerdict } from '../../domain/anomaly';
import { ANOMALY_THRESHOLD } from '../../domain/anomaly';
import type { TimeSeries } from '../../domain/timeSeries';
import { createChangeRule, createFlatRule } from './changeRules';
import { Episodes } from './episodes';
import { History } from './history';
import { RatedRule } from './ratedRule';
import { reasonFor } from './reason';
import { createEnvelopeRule, createSeasonalRule } from './seasonalRules';
import { StretchCollector } from './stretches';
import { createForecastRule, createRobustRule, createZScoreRule } from './valueRules';

export interface AnomalyOptions {
  /** Score from which on a value counts as anomalous. */
  readonly threshold?: number;
  /** How many standard deviations from the mean the plain z-score rule allows; 3 unless told otherwise. */
  readonly sigma?: number;
}

/** Scores values one after the other; each score depends on that value and earlier ones. Constant time and memory a value. */
export interface AnomalyDetector {
  /** `atSec` is in epoch seconds and may jump, repeat or be unknown (NaN); null and values that are not finite score 0. */
  next(atSec: number, value: number | null): AnomalyVerdict;
}

/** What a rule's surprise counts for beside the seasonal ones, which know most. */
const ROBUST_WEIGHT = 0.8;
const OTHER_WEIGHT = 0.65;
/** Decades that make a score of {@link ANOMALY_THRESHOLD}. */
const ALARM_DECADES = 2.4;
const DEFAULT_SIGMA = 3;
const QUIET: AnomalyVerdict = { score: 0, reason: null, direction: 'shape', expected: null };

export function createAnomalyDetector({ sigma = DEFAULT_SIGMA }: AnomalyOptions = {}): AnomalyDetector {
  const history = new History();
  const episodes = new Episodes();
  const seasonal = new RatedRule(createSeasonalRule());
  const envelope = new RatedRule(createEnvelopeRule());
  const robust = new RatedRule(createRobustRule(sigma));
  const others = [createZScoreRule(sigma), createForecastRule(), createChangeRule(), createFlatRule()].map((rule) => new RatedRule(rule));
  const all = [seasonal, envelope, robust, ...others];
  return {
    next(atSec, value) {
      if (value === null || !Number.isFinite(value)) return QUIET;
      for (const rule of all) rule.read(atSec, value, history);
      history.push(value);
      const isSeasonal = seasonal.isKnown && envelope.isKnown;
      const season = isSeasonal ? (seasonal.decades + envelope.decades) / 2 : robust.decades;
      let strongest = isSeasonal ? seasonal : robust;
      let decades = season;
      const consider = (rule: RatedRule, weight: number) => {
        if (weight * rule.decades <= decades) return;
        decades = weight * rule.decades;
        strongest = rule;
      };
      consider(robust, ROBUST_WEIGHT);
      if (strongest === robust && isSeasonal && seasonal.decades >= robust.decades) strongest = seasonal;
      for (const rule of others) consider(rule, OTHER_WEIGHT);
      const news = episodes.news(decades, isSeasonal ? seasonal.deviation : robust.deviation);
      const expected = (isSeasonal ? seasonal : robust).expected;
      const score = scoreOf(news);
      return { score, reason: score < 0.5 ? null : reasonFor(strongest, atSec, value), direction: strongest.direction, expected };
    },
  };
}

/** 0 decades is 0, {@link ALARM_DECADES} the threshold, and each as many more leave 30 % of the rest. */
const scoreOf = (decades: number) => 1 - (1 - ANOMALY_THRESHOLD) ** (decades / ALARM_DECADES);

/** The stretches of a series whose score reaches the threshold, in the order of time. */
export function detectAnomalies(series: TimeSeries, options: AnomalyOptions = {}): readonly Anomaly[] {
  const detector = createAnomalyDetector(options);
  const collector = new StretchCollector(options.threshold ?? ANOMALY_THRESHOLD);
  for (const [atSec, value] of series.points) collector.add(atSec, value, detector.next(atSec, value));
  return collector.found;
}
