import { ANOMALY_THRESHOLD } from '../domain/anomaly';
import { badArguments } from '../domain/errors';

export interface AnomaliesCommand {
  readonly kind: 'anomalies';
  /** Score of 0..1 from which on a row is anomalous. */
  readonly threshold: number;
  /** Standard deviations that the plain z-score rule allows. */
  readonly sigma: number;
  readonly isJson: boolean;
}

export const anomaliesOptions = {
  threshold: { type: 'string' },
  sigma: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export interface AnomaliesValues {
  readonly threshold?: string;
  readonly sigma?: string;
  readonly json?: boolean;
}

const DEFAULT_SIGMA = 3;

/** Throws `badArguments` with what to mend. */
export function anomaliesCommandOf({ threshold, sigma, json }: AnomaliesValues): AnomaliesCommand {
  return {
    kind: 'anomalies',
    threshold: threshold === undefined ? ANOMALY_THRESHOLD : numberIn('--threshold', threshold, 0.01, 1),
    sigma: sigma === undefined ? DEFAULT_SIGMA : numberIn('--sigma', sigma, 0.1, 100),
    isJson: json ?? false,
  };
}

function numberIn(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most))
    throw badArguments(`${option} takes a number from ${least} to ${most}, not "${text}".`);
  return value;
}
