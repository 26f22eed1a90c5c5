import type { SilentCallFinding } from '../../diagnosis/findings';
import type { TimeSeries } from '../../domain/timeSeries';
import { silentCalls } from '../../signals/silentCalls';
import type { Gathered } from '../gathered';
import type { Run } from '../run';

const MAX_WRITTEN = 4;

/** Calls that ceased while their caller goes on calling others. */
export function silentCallFindings({ metrics, windows }: Gathered, run: Run): readonly SilentCallFinding[] {
  const queryOf = new Map<TimeSeries, string>(metrics.flatMap(({ query, series }) => series.map((one) => [one, query] as const)));
  const quiet = { fromMs: windows.baseline.fromMs, toMs: windows.incident.fromMs };
  return silentCalls([...queryOf.keys()], quiet, windows.incident)
    .slice(0, MAX_WRITTEN)
    .map((call) => {
      const { caller, callee, certainty, series } = call;
      const query = queryOf.get(series) ?? '';
      const evidence = run.evidence.add({
        kind: 'metric',
        source: 'datadog',
        query,
        window: windows.whole,
        summary: `${caller} no longer calls ${callee}: ${series.metric} has no values since the onset, while its other calls go on.`,
        value: { caller, callee, metric: series.metric, certainty: Number(certainty.toFixed(2)) },
        link: run.deps.telemetry.linkTo({ kind: 'metric', query, window: windows.whole }),
      });
      return { caller, callee, certainty, evidence };
    });
}
