import { formatDuration, formatNumber, formatPercent, formatQuantity } from '../src/domain/format';
import type { MonitorState } from '../src/domain/monitor';
import type { ServiceAnomaly, ServiceSignal, ServiceState } from '../src/domain/survey';
import type { Label } from './words';

export const serviceStateLabels: Readonly<Record<ServiceState | 'alerting', Label>> = {
  alerting: { text: 'Alerting', icon: 'bell', tone: 'bad' },
  failing: { text: 'Failing', icon: 'error', tone: 'bad' },
  silent: { text: 'Going silent', icon: 'debug-disconnect', tone: 'bad' },
  degraded: { text: 'Degraded', icon: 'warning', tone: 'warn' },
  unusual: { text: 'Unusual', icon: 'pulse', tone: 'warn' },
  normal: { text: 'As usual', icon: 'pass', tone: 'good' },
  unknown: { text: 'New', icon: 'sparkle', tone: 'neutral' },
};

export const monitorStateLabels: Readonly<Record<MonitorState, Label>> = {
  Alert: { text: 'Alerting', icon: 'error', tone: 'bad' },
  Warn: { text: 'Warning', icon: 'warning', tone: 'warn' },
  'No Data': { text: 'No data', icon: 'question', tone: 'neutral' },
  OK: { text: 'OK', icon: 'pass', tone: 'good' },
  Ignored: { text: 'Ignored', icon: 'circle-slash', tone: 'neutral' },
  Skipped: { text: 'Skipped', icon: 'circle-slash', tone: 'neutral' },
  Unknown: { text: 'Unknown', icon: 'question', tone: 'neutral' },
};

export const signalLabels: Readonly<Record<ServiceSignal, string>> = { errors: 'Error rate', latency: 'Latency p95', traffic: 'Requests' };

/** A value of a signal: `52 %`, `412 ms`, `4.3/s`; null is a dash. */
export function formatSignal(signal: ServiceSignal, value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  if (signal === 'errors') return formatPercent(value);
  if (signal === 'latency') return formatDuration(value);
  return formatQuantity(value, '/second');
}

/** How far a value lies from what is expected: `+49 points`, `6.3 times as much`, `38 % more`, `none left`. */
export function formatDeviation({ signal, value, expected }: Pick<ServiceAnomaly, 'signal' | 'value' | 'expected'>): string {
  if (signal === 'errors') return `${value >= expected ? '+' : '−'}${formatNumber(Math.abs(value - expected) * 100)} points`;
  if (expected <= 0) return value <= 0 ? 'as much' : 'from nothing';
  if (value <= 0) return 'none left';
  const ratio = value / expected;
  if (ratio >= 2) return `${formatNumber(Number(ratio.toPrecision(2)))} times as much`;
  return ratio >= 1 ? `${formatPercent(ratio - 1)} more` : `${formatPercent(1 - ratio)} less`;
}
