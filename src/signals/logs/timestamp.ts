const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A time at the start of a text, in epoch milliseconds, and where the text goes on. */
export interface LeadingTime {
  readonly timeMs: number;
  readonly end: number;
}

const ISO = /(\d{4})[-/](\d\d)[-/](\d\d)(?:[T ]|, ?)(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ?(Z|UTC|GMT|[+-]\d\d:?\d\d)(?![\w:]))?/y;
const SYSLOG = /([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.\d+)?(?= )/y;
const COMMON = /(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?: ([+-]\d{4}))?/y;

/**
 * Reads ISO 8601 and RFC 3339 (also with a blank, slashes or a decimal comma), BSD syslog's time, which has no year, and that of the
 * Common Log Format. Times without a zone are taken as UTC.
 */
export function leadingTime(text: string, at: number, year: number): LeadingTime | null {
  return isoTime(text, at) ?? commonTime(text, at) ?? syslogTime(text, at, year);
}

function isoTime(text: string, at: number): LeadingTime | null {
  ISO.lastIndex = at;
  const found = ISO.exec(text);
  if (!found) return null;
  const [, year, month, day, hour, minute, second, fraction = '', zone] = found;
  const ms = Number(`${fraction}000`.slice(0, 3));
  const timeMs = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), ms);
  return { timeMs: timeMs - zoneMs(zone), end: ISO.lastIndex };
}

function commonTime(text: string, at: number): LeadingTime | null {
  COMMON.lastIndex = at;
  const found = COMMON.exec(text);
  if (!found) return null;
  const [, day, name, year, hour, minute, second, zone] = found;
  const month = MONTHS.indexOf((name ?? '').toLowerCase());
  if (month < 0) return null;
  const timeMs = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second));
  return { timeMs: timeMs - zoneMs(zone), end: COMMON.lastIndex };
}

function syslogTime(text: string, at: number, year: number): LeadingTime | null {
  SYSLOG.lastIndex = at;
  const found = SYSLOG.exec(text);
  if (!found) return null;
  const [, name, day, hour, minute, second] = found;
  const month = MONTHS.indexOf((name ?? '').toLowerCase());
  if (month < 0) return null;
  return { timeMs: Date.UTC(year, month, Number(day), Number(hour), Number(minute), Number(second)), end: SYSLOG.lastIndex };
}

function zoneMs(zone: string | undefined): number {
  const found = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '');
  if (!found) return 0;
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) * 60_000;
}

/** A time as loggers put it into a field: a text as above, or seconds, milliseconds, micro- or nanoseconds since 1970. null for none. */
export function fieldTime(value: unknown, year: number): number | null {
  if (typeof value === 'string') {
    const found = leadingTime(value, 0, year);
    if (found) return Number.isFinite(found.timeMs) ? found.timeMs : null;
    return /^\d{9,19}(\.\d+)?$/.test(value) ? fieldTime(Number(value), year) : null;
  }
  if (typeof value !== 'number' || !(value > 1e8)) return null;
  if (value < 1e11) return value * 1000;
  if (value < 1e14) return value;
  return value < 1e17 ? value / 1e3 : value / 1e6;
}
