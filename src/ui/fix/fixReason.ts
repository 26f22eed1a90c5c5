import type { Evidence } from '../../domain/evidence';
import type { FixEvidence, FixForecast, FixReason } from '../../domain/fix';
import type { Forecast } from '../../domain/forecast';
import { formatPercent } from '../../domain/format';
import type { Hypothesis } from '../../domain/hypothesis';
import { boundedReason } from '../../report/pullRequestBody';
import type { Run } from '../investigations';

/** A commit that may be reverted for a run, with the hypothesis that speaks against it, if one does. */
export interface FixChoice {
  readonly commit: string;
  readonly title: string;
  readonly hypothesis: Hypothesis | null;
  /** 0..1: of the hypothesis, else how suspect the commit is. */
  readonly score: number;
}

/** A commit that was weighed and found less suspect than this is no way to fix anything. */
const leastSuspicion = 0.05;

/** Commits that may be reverted, the one of the wanted hypothesis first, each once: those of hypotheses, then other suspects. */
export function fixChoices({ snapshot }: Run, hypothesisId: string | null): readonly FixChoice[] {
  const { hypotheses = [], suspectCommits = [] } = snapshot.found;
  const wantedFirst = hypotheses.toSorted((a, b) => Number(b.id === hypothesisId) - Number(a.id === hypothesisId));
  const titleOf = (sha: string) => suspectCommits.find((suspect) => suspect.sha === sha)?.title ?? '';
  const blamed = wantedFirst.flatMap((hypothesis) => {
    const { commit, confidence } = hypothesis;
    return commit === null ? [] : [{ commit, title: titleOf(commit), hypothesis, score: confidence }];
  });
  const suspects = suspectCommits
    .filter(({ score }) => score >= leastSuspicion)
    .map(({ sha, title, score }) => ({ commit: sha, title, hypothesis: null, score }));
  return [...blamed, ...suspects].filter(({ commit }, at, all) => all.findIndex((other) => other.commit === commit) === at);
}

const evidencePart = ({ id, summary, source, query, link }: Evidence): FixEvidence => ({ id, summary, source, query, link });

/** What the run says for the choice, to be kept with the fix. */
export function fixReason({ snapshot, subject, link }: Run, { hypothesis, score }: FixChoice): FixReason {
  const { incident, verdict = 'inconclusive', evidence = [], forecasts = [] } = snapshot.found;
  const facts = (ids: readonly string[]) => ids.flatMap((id) => evidence.find((fact) => fact.id === id) ?? []).map(evidencePart);
  const place = hypothesis?.location ?? null;
  return boundedReason({
    incident: incident?.title ?? subject,
    service: hypothesis?.service ?? incident?.service ?? null,
    verdict,
    link,
    startedAt: incident?.startedAt ?? null,
    hypothesis: hypothesis?.title ?? `One of the commits that were weighed, with a score of ${formatPercent(score)}`,
    confidence: score,
    place: place && `${place.file}:${place.line}`,
    evidenceFor: facts(hypothesis?.evidenceFor ?? []),
    evidenceAgainst: facts(hypothesis?.evidenceAgainst ?? []),
    unchecked: hypothesis?.missing ?? [],
    forecasts: forecasts.flatMap((forecast) => forecastPart(forecast) ?? []),
  });
}

/** Where the metric is at the end of the forecast. */
function forecastPart({ title, unit, threshold, breachInSec, median, p10, p90, intervalSec }: Forecast): FixForecast | null {
  const [middle, low, high] = [median.at(-1), p10.at(-1), p90.at(-1)];
  if (middle === undefined || low === undefined || high === undefined) return null;
  return { title, unit, threshold, breachInSec, median: middle, p10: low, p90: high, horizonSec: median.length * intervalSec };
}
