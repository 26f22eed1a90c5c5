import { csvTime } from './csvTime';

export interface CsvRow {
  /** Epoch seconds; NaN where the row has no time that can be read. */
  readonly atSec: number;
  /** null where the row has no finite number. */
  readonly value: number | null;
}

const TIME_NAMES = /^(@?timestamp|time|date|datetime|date_?time|ts|t|epoch|when|at|_time)$/i;
const VALUE_NAMES = /^(value|values|val|v|y|count|metric|reading|measurement|avg|mean)$/i;
const DELIMITERS = [',', ';', '\t'] as const;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

interface Columns {
  /** -1 where there is none. */
  readonly time: number;
  readonly value: number;
}

/**
 * Reads a series from CSV, row by row: columns by their names in any order and among others, or, without a header that says so,
 * by what the first row holds. Separated by commas, semicolons or tabs; quotes are taken off.
 */
export class SeriesCsv {
  #delimiter: string | null = null;
  #columns: Columns | null = null;
  #hasHeader = false;

  /** Whether a header with known names was read. */
  get isNamed(): boolean {
    return this.#hasHeader;
  }

  /** null for blank lines and the header. */
  read(line: string): CsvRow | null {
    if (line.trim() === '') return null;
    this.#delimiter ??= delimiterOf(line);
    const fields = line.includes('"') ? unquoted(line, this.#delimiter) : line.split(this.#delimiter);
    if (this.#columns === null) {
      const named = namedColumns(fields);
      this.#hasHeader ||= named !== null;
      this.#columns = named ?? guessedColumns(fields);
      if (named !== null || this.#columns === null) return null;
    }
    const { time, value } = this.#columns;
    return { atSec: time < 0 ? Number.NaN : csvTime((fields[time] ?? '').trim()), value: numberOf(fields[value]) };
  }
}

/** The separator that the first line has most of; a comma for a line with none. */
function delimiterOf(line: string): string {
  const count = (delimiter: string) => line.split(delimiter).length;
  return DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best));
}

function unquoted(line: string, delimiter: string): string[] {
  const fields: string[] = [];
  let field = '';
  let isQuoted = false;
  for (const char of line) {
    if (char === '"') isQuoted = !isQuoted;
    else if (char === delimiter && !isQuoted) {
      fields.push(field);
      field = '';
    } else field += char;
  }
  return [...fields, field];
}

function namedColumns(fields: readonly string[]): Columns | null {
  const names = fields.map((field) => field.trim());
  if (names.some((name) => NUMBER.test(name) || !Number.isNaN(csvTime(name)))) return null;
  const time = names.findIndex((name) => TIME_NAMES.test(name));
  const value = names.findIndex((name) => VALUE_NAMES.test(name));
  if (value >= 0) return { time, value };
  return time >= 0 && names.length === 2 ? { time, value: 1 - time } : null;
}

/** The first field that is a time, and the first number beside it; null for a row that has neither, such as a header. */
function guessedColumns(fields: readonly string[]): Columns | null {
  const texts = fields.map((field) => field.trim());
  const time = texts.length === 1 ? -1 : texts.findIndex((text) => !Number.isNaN(csvTime(text)));
  const value = texts.findIndex((text, index) => index !== time && NUMBER.test(text));
  if (value >= 0) return { time, value };
  return time >= 0 && texts.length === 2 ? { time, value: 1 - time } : null;
}

function numberOf(text = ''): number | null {
  const trimmed = text.trim();
  const value = NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}
