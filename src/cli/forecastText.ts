import { AppError } from '../domain/errors';
import type { ForecastRequest } from '../domain/ports';
import type { Point } from '../domain/timeSeries';
import { requestOfLine, requestOfPoints, requestOfValues, type SeriesOptions } from './forecastLine';

const MISSING = /^(|null|nan|na|none|-|\+?-?inf(inity)?)$/i;

/** The series of a text: JSON lines, `timestamp,value` rows (with or without a heading), or one number a line. */
export function requestsOfText(text: string, options: SeriesOptions): ForecastRequest[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const filled = lines.filter((line) => line !== '');
  const [first = ''] = filled;
  if (first.startsWith('{')) return filled.map((line) => requestOfLine(line, options).request);
  if (/[,;\t]/.test(first)) return [requestOfRows(filled, options)];
  const values = filled.slice(Number.isNaN(numberIn(first)) ? 1 : 0).map((line, index) => {
    const value = numberIn(line);
    if (Number.isNaN(value)) throw notANumber(line, index + 1);
    return value;
  });
  if (!values.some((value) => value !== null)) throw nothingToForecast();
  return [requestOfValues(values, options)];
}

function requestOfRows(lines: readonly string[], options: SeriesOptions): ForecastRequest {
  const rows = lines.map((line) => line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')));
  const hasHeading = Number.isNaN(numberIn(rows[0]?.[1] ?? ''));
  const points = rows.slice(hasHeading ? 1 : 0).map(([at = '', value = ''], index): Point => {
    const number = numberIn(value);
    if (Number.isNaN(number)) throw notANumber(value, index + 1);
    return [secondsOf(at), number];
  });
  if (!points.some(([, value]) => value !== null)) throw nothingToForecast();
  if (!points.some(([at]) => Number.isFinite(at))) throw new AppError('bad_input', 'No row begins with a time, as seconds or as ISO 8601.');
  return requestOfPoints(points, options);
}

/** Null for a missing one, NaN for what is no number. */
function numberIn(text: string): number | null {
  if (MISSING.test(text)) return null;
  return Number(text);
}

/** Epoch seconds, or milliseconds by their size, or a date; a time without a zone is taken as UTC. */
function secondsOf(text: string): number {
  if (/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) {
    const number = Number(text);
    return Math.abs(number) > 1e11 ? number / 1000 : number;
  }
  const iso = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text) ? `${text.replace(' ', 'T')}Z` : text;
  return Date.parse(iso) / 1000;
}

const notANumber = (text: string, row: number) => new AppError('bad_input', `Row ${row} has no number as its value: ${text.slice(0, 60)}`);
const nothingToForecast = () =>
  new AppError('bad_input', 'There is no number to forecast from. Pass one number a line, rows of timestamp,value, or JSON lines.');
