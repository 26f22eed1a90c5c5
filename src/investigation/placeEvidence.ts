import type { Findings } from '../diagnosis/findings';
import type { Localisation, Sign } from '../diagnosis/localisation/sign';
import type { Gathered } from './gathered';
import type { Run } from './run';

/** Facts that are written down for a place on top of those that were. */
const MAX_ADDED = 2;
/** What is less plain is no fact to build on. */
const PLAIN = 0.3;

/** Where a sign can be seen again. */
interface Source {
  readonly kind: 'metric' | 'spans' | 'logs';
  readonly query: string;
}

/** What each kind of sign is read from, where it is no metric. */
const EVENTS: Readonly<Partial<Record<Sign['kind'], 'spans' | 'logs'>>> = {
  self_time: 'spans',
  hop_gap: 'spans',
  repeated_calls: 'spans',
  missing_calls: 'spans',
  last_answer: 'spans',
  errors: 'logs',
  log_change: 'logs',
};

/**
 * Writes down what points at the best place where nothing of that was: a change may be too small to be told among all, and still
 * be the plainest sign of where it began.
 */
export function writePlace(localisation: Localisation, findings: Findings, gathered: Gathered, run: Run): Localisation {
  const { best } = localisation;
  if (best === null || best.signs.some((sign) => isSymptom(sign) && sign.evidence !== null)) return localisation;
  let left = MAX_ADDED;
  const signs = best.signs.map((sign) => {
    const source = left > 0 && isSymptom(sign) ? sourceOf(sign, findings, gathered) : null;
    if (source === null) return sign;
    left -= 1;
    return { ...sign, evidence: write(sign, source, gathered, run) };
  });
  return { ...localisation, best: { ...best, signs } };
}

const isSymptom = ({ kind, score }: Sign) => kind !== 'path' && kind !== 'alerting' && kind !== 'load' && score >= PLAIN;

/** The metric of the service whose name the reason says; else the events that signs of this kind are read from. */
function sourceOf({ kind, service, reason }: Sign, { metrics }: Findings, { spans, errorLogs }: Gathered): Source | null {
  const events = EVENTS[kind];
  if (events !== undefined) return { kind: events, query: (events === 'spans' ? spans : errorLogs).query };
  const metric = metrics.find((one) => one.service === service && one.query !== '' && reason.includes(one.change.series.metric));
  return metric === undefined ? null : { kind: 'metric', query: metric.query };
}

function write({ service, reason, kind, score }: Sign, source: Source, { windows }: Gathered, run: Run): string {
  const window = windows.whole;
  return run.evidence.add({
    ...source,
    source: 'datadog',
    window,
    summary: `${service}: ${reason}.`,
    value: { service, sign: kind, score: Number(score.toFixed(2)) },
    link: run.deps.telemetry.linkTo({ ...source, window }),
  });
}
