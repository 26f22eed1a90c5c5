import type { LogStatus } from '../../domain/log';
import type { LogTemplate } from './templateMiner';

/** What a log says in sum. Times are epoch milliseconds, lines count from 1. */
export interface LogReport {
  /** The template of each line of input; the lines of a stack trace have that of their event, blank lines that of the empty text. */
  readonly lines: Iterable<number>;
  readonly lineCount: number;
  readonly templates: readonly ReportedTemplate[];
  readonly anomalies: readonly LogAnomaly[];
  readonly events: readonly LogKeyEvent[];
}

export interface ReportedTemplate extends LogTemplate {
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  readonly status: LogStatus | null;
}

export type LogAnomaly = FrequencyAnomaly | WindowAnomaly | LineAnomaly;

interface Reported {
  /** 0..1. */
  readonly score: number;
  readonly reason: string;
}

/** A template whose frequency changed against the quiet stretch. */
export interface FrequencyAnomaly extends Reported {
  readonly kind: 'new' | 'bursting' | 'vanished';
  readonly template: number;
  readonly before: number;
  readonly during: number;
  readonly firstMs: number | null;
}

/** A stretch in which the mixture of templates is unlike that of others. Bounds are times, or line numbers where the lines have no time. */
export interface WindowAnomaly extends Reported {
  readonly kind: 'window';
  readonly from: number;
  readonly to: number;
  readonly hasTime: boolean;
  readonly template: number;
}

/** A message whose duration, size or count is unlike that of others of its template. */
export interface LineAnomaly extends Reported {
  readonly kind: 'line';
  readonly line: number;
  readonly template: number;
  readonly example: string;
}

/** Messages that are known to mean trouble. */
export interface LogKeyEvent {
  readonly event: string;
  readonly service: string | null;
  readonly template: number;
  readonly count: number;
  readonly firstMs: number | null;
  readonly firstLine: number;
  readonly example: string;
}
