import type { Findings } from '../diagnosis/findings';
import type { Localisation, Sign } from '../diagnosis/localisation/sign';
import type { TimeWindow } from '../domain/timeSeries';
import type { Run } from './run';

/** Facts that are written down for a place on top of those that were. */
const MAX_ADDED = 2;
/** What is less plain is no fact to build on. */
const PLAIN = 0.3;

/**
 * Writes down what points at the best place as far as nobody did: a metric may be too small to be told among all, and still be
 * the plainest sign of where it began. Signs without a metric stay as they are.
 */
export function writePlace(localisation: Localisation, findings: Findings, window: TimeWindow, run: Run): Localisation {
  const { best } = localisation;
  if (best === null) return localisation;
  let left = best.signs.some((sign) => isSymptom(sign) && sign.evidence !== null) ? 0 : MAX_ADDED;
  const signs = best.signs.map((sign) => {
    const metric = left > 0 && isSymptom(sign) ? metricOf(sign, findings) : null;
    if (metric === null) return sign;
    left -= 1;
    return { ...sign, evidence: write(sign, metric.query, window, run) };
  });
  return { ...localisation, best: { ...best, signs } };
}

const isSymptom = ({ kind, score }: Sign) => kind !== 'path' && kind !== 'alerting' && kind !== 'load' && score >= PLAIN;

/** The metric that a sign was read from: one of the same service whose name its reason says. */
function metricOf({ service, reason }: Sign, { metrics }: Findings) {
  return (
    metrics.find((metric) => metric.service === service && metric.query !== '' && reason.includes(metric.change.series.metric)) ?? null
  );
}

function write({ service, reason, kind, score }: Sign, query: string, window: TimeWindow, run: Run): string {
  return run.evidence.add({
    kind: 'metric',
    source: 'datadog',
    query,
    window,
    summary: `${service}: ${reason}.`,
    value: { service, sign: kind, score: Number(score.toFixed(2)) },
    link: run.deps.telemetry.linkTo({ kind: 'metric', query, window }),
  });
}
