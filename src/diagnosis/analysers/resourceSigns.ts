import { formatQuantity } from '../../domain/format';
import type { Findings, GaugeFinding, MetricFinding, Statement } from '../findings';
import { isFull } from '../levels';
import { troubles } from './settled';
import { gaugesOf, isBad } from './signs';
import type { Topic } from './topics';

const PLAIN_SCORE = 2;

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

/** `cpu.usage at 97 %`: the plainest number; null where only words tell. */
export function numberWords({ metrics, gauges }: ResourceSigns): string | null {
  const change = metrics[0]?.change;
  if (change) return `${change.series.metric} at ${formatQuantity(change.during, change.series.unit)}`;
  const gauge = gauges[0];
  return gauge ? `${gauge.metric} at ${formatQuantity(gauge.last, gauge.unit)}` : null;
}

/** `cpu.usage went from 20 % to 97 %`; null where only words tell. */
export function courseWords({ metrics, gauges }: ResourceSigns): string | null {
  const change = metrics[0]?.change;
  const show = (value: number, unit: string | null) => formatQuantity(value, unit);
  if (change)
    return `${change.series.metric} went from ${show(change.before, change.series.unit)} to ${show(change.during, change.series.unit)}`;
  const gauge = gauges[0];
  return gauge ? `${gauge.metric} went from ${show(gauge.first, gauge.unit)} to ${show(gauge.last, gauge.unit)}` : null;
}
