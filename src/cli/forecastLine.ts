import { AppError } from '../domain/errors';
import type { ForecastRequest } from '../domain/ports';
import type { Point } from '../domain/timeSeries';

/** More than a forecast looks at, also when most are missing. */
const LATEST = 8192;
const DEFAULT_INTERVAL_SEC = 60;

export interface SeriesOptions {
  readonly threshold: number | null;
  readonly isBelow: boolean;
  readonly season: number | null;
  readonly intervalSec: number | null;
}

/** The request that a line `{"id","values":[…],"season":n|null,"interval":seconds}` stands for; throws a sentence for a bad one. */
export function requestOfLine(line: string, options: SeriesOptions): { readonly id: unknown; readonly request: ForecastRequest } {
  const given = parsed(line);
  const id = given.id ?? null;
  try {
    return {
      id,
      request: { ...requestOfValues(valuesOf(given.values), { ...options, ...ownOptions(given, options) }), title: titleOf(id) },
    };
  } catch (error) {
    throw new BadLine(id, error instanceof Error ? error.message : String(error));
  }
}

/** A line that cannot be forecast; the id where it has one. */
export class BadLine extends Error {
  constructor(
    readonly id: unknown,
    message: string,
  ) {
    super(message);
  }
}

/** A series of even spacing whose last value was at a time that does not matter. */
export function requestOfValues(values: readonly (number | null)[], options: SeriesOptions): ForecastRequest {
  const intervalSec = options.intervalSec ?? DEFAULT_INTERVAL_SEC;
  const latest = values.slice(-LATEST);
  return requestOfPoints(
    latest.map((value, index): Point => [index * intervalSec, value]),
    { ...options, intervalSec },
  );
}

export function requestOfPoints(points: readonly Point[], { threshold, isBelow, season, intervalSec }: SeriesOptions): ForecastRequest {
  const series = { metric: '', tags: [], unit: null, intervalSec: intervalSec ?? Number.NaN, points };
  return { id: '', title: 'series', query: '', series, threshold, isBelow, season };
}

interface Line {
  readonly id?: unknown;
  readonly values?: unknown;
  readonly season?: unknown;
  readonly interval?: unknown;
  readonly threshold?: unknown;
}

function parsed(line: string): Line {
  let given: unknown;
  try {
    given = JSON.parse(line);
  } catch {
    try {
      // Python writes NaN and Infinity, which JSON does not have.
      given = JSON.parse(line.replace(/(?<=[[,:\s])-?(?:NaN|Infinity)(?=[\],}\s])/g, 'null'));
    } catch {
      throw new BadLine(null, 'The line is not JSON. Pass one object a line: {"id": …, "values": [numbers or null]}.');
    }
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new BadLine(null, 'The line is not an object. Pass {"id": …, "values": [numbers or null]}.');
  return given;
}

function valuesOf(values: unknown): readonly (number | null)[] {
  if (!Array.isArray(values)) throw new AppError('bad_input', '"values" is missing; it must be an array of numbers or null.');
  const latest: unknown[] = values.slice(-LATEST);
  const bad = latest.find((value) => value !== null && typeof value !== 'number');
  if (bad !== undefined)
    throw new AppError('bad_input', `"values" must hold only numbers and null, not ${JSON.stringify(bad).slice(0, 40)}.`);
  if (!latest.some((value) => typeof value === 'number')) throw new AppError('bad_input', '"values" has no number to forecast from.');
  return latest as (number | null)[];
}

function ownOptions({ season, interval, threshold }: Line, options: SeriesOptions): Partial<SeriesOptions> {
  const number = (value: unknown, fallback: number | null) => (typeof value === 'number' ? value : fallback);
  const intervalSec = number(interval, options.intervalSec);
  if (intervalSec !== null && !(intervalSec > 0)) throw new AppError('bad_input', '"interval" must be a number of seconds above 0.');
  return { season: number(season, options.season), intervalSec, threshold: number(threshold, options.threshold) };
}

const titleOf = (id: unknown) => (typeof id === 'string' ? id : id === null ? 'series' : JSON.stringify(id));
