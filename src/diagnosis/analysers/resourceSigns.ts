import { formatQuantity } from '../../domain/format';
import type { Findings, GaugeFinding, MetricFinding, Statement } from '../findings';
import { isFull } from '../levels';
import { troubles } from './settled';
import { gaugesOf, isBad } from './signs';
import type { Topic } from './topics';

const PLAIN_SCORE = 2;
const NOTICEABLE_SCORE = 1;

/** What speaks for a resource of one service having run out. */
export interface ResourceSigns {
  readonly service: string;
  /** The quiet hour's comparison, worst first. */
  readonly metrics: readonly MetricFinding[];
  readonly gauges: readonly GaugeFinding[];
  readonly told: readonly Statement[];
}

/** Which metrics belong to the resource, by name. */
export type IsMine = (metric: string) => boolean;

/** Signs by service; a service without any is left out. */
export function resourceSigns(findings: Findings, topic: Topic, isMine: IsMine): readonly ResourceSigns[] {
  const metrics = findings.metrics.filter(({ service, change }) => service !== null && isMine(change.series.metric) && isExhausted(change));
  const gauges = gaugesOf(findings, topic).filter(isBad);
  const told = troubles(findings, topic);
  const whose = (service: string | null) => service ?? findings.alerting ?? '';
  const services = new Set([...metrics, ...gauges, ...told].map(({ service }) => whose(service)));
  services.delete('');
  return [...services].map((service) => ({
    service,
    metrics: metrics.filter((one) => one.service === service),
    gauges: gauges.filter((one) => whose(one.service) === service),
    told: told.filter((one) => whose(one.service) === service),
  }));
}

/** A utilisation near its whole, or a saturation metric that plainly got worse. */
function isExhausted(change: MetricFinding['change']): boolean {
  return isFull(change) || (change.kind === 'saturation' && change.isHarmful && change.score >= PLAIN_SCORE);
}

/** The metric's comparison, unless a gauge shows a course that the comparison missed because the quiet hour was not quiet. */
function isGaugePlainer({ metrics, gauges }: ResourceSigns): boolean {
  return gauges.some(({ movedAtMs }) => movedAtMs !== null) && (metrics[0]?.change.score ?? 0) < NOTICEABLE_SCORE;
}

/** `cpu.usage at 97 %`: the plainest number; null where only words tell. */
export function numberWords(signs: ResourceSigns): string | null {
  const change = isGaugePlainer(signs) ? undefined : signs.metrics[0]?.change;
  if (change) return `${change.series.metric} at ${formatQuantity(change.during, change.series.unit)}`;
  const gauge = signs.gauges[0];
  return gauge ? `${gauge.metric} at ${formatQuantity(gauge.last, gauge.unit)}` : null;
}

/** `cpu.usage went from 20 % to 97 %`; null where only words tell. */
export function courseWords(signs: ResourceSigns): string | null {
  const change = isGaugePlainer(signs) ? undefined : signs.metrics[0]?.change;
  if (change) return went(change.series.metric, change.before, change.during, change.series.unit);
  const gauge = signs.gauges[0];
  return gauge ? went(gauge.metric, gauge.first, gauge.last, gauge.unit) : null;
}

function went(metric: string, from: number, to: number, unit: string | null): string {
  const [before, after] = [formatQuantity(from, unit), formatQuantity(to, unit)];
  return before === after ? `${metric} is at ${after}, as before` : `${metric} went from ${before} to ${after}`;
}
