import { isDigit, isUpper } from './characters';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const DAY_MS = 86_400_000;

/** A time at the start of a text, in epoch milliseconds, and where the text goes on. */
export interface LeadingTime {
  readonly timeMs: number;
  readonly end: number;
}

const ZONE = / ?(Z|UTC|GMT|[+-]\d\d:?\d\d)(?![\w:])/y;
const SYSLOG = /([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.\d+)?(?= )/y;
const COMMON = /(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?: ([+-]\d{4}))?/y;

/**
 * Reads ISO 8601 and RFC 3339 (also with a blank, slashes or a decimal comma), BSD syslog's time and that of the Common Log Format.
 * Times without a zone are taken as UTC; those of syslog, which have no year, as of the year up to a day after `nowMs`.
 */
export function leadingTime(text: string, at: number, nowMs: number): LeadingTime | null {
  const code = text.charCodeAt(at);
  if (isDigit(code)) return isoTime(text, at) ?? commonTime(text, at);
  return isUpper(code) ? syslogTime(text, at, nowMs) : null;
}

/** A number of two digits, or NaN. */
function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** The day that was asked for last and when it began: neighbouring lines share it. */
const lastDay = { key: Number.NaN, startMs: 0 };

function dayStart(year: number, month: number, day: number): number {
  const key = (year * 100 + month) * 100 + day;
  if (key !== lastDay.key) {
    lastDay.key = key;
    lastDay.startMs = Date.UTC(year, month - 1, day);
  }
  return lastDay.startMs;
}

/** When that day of a year began last; tomorrow counts too, for hosts whose clock is ahead and local times. */
function latestDay(month: number, day: number, nowMs: number): number {
  const latestMs = nowMs + DAY_MS;
  const isLeapDay = month === 2 && day === 29;
  const newest = new Date(latestMs).getUTCFullYear();
  // The 29th of February may be up to eight years back.
  for (let year = newest; year >= newest - 8; year--)
    if (dayStart(year, month, day) <= latestMs && (!isLeapDay || isLeapYear(year))) return dayStart(year, month, day);
  return Number.NaN;
}

const isLeapYear = (year: number) => new Date(Date.UTC(year, 1, 29)).getUTCDate() === 29;

/** A date and time of day as they were written, and when that was in UTC. */
interface Second {
  readonly text: string;
  readonly startMs: number;
}

/** What was read last: neighbouring lines share it. */
let lastSecond: Second | null = null;

function isoTime(text: string, at: number): LeadingTime | null {
  const second = lastSecond !== null && text.startsWith(lastSecond.text, at) ? lastSecond : isoSecond(text, at);
  if (second === null) return null;
  lastSecond = second;
  let end = at + second.text.length;
  let ms = 0;
  const mark = text.charCodeAt(end);
  if ((mark === 46 || mark === 44) && isDigit(text.charCodeAt(end + 1))) {
    let unit = 100;
    for (end++; isDigit(text.charCodeAt(end)) && unit > 1e-8; end++, unit /= 10) if (unit >= 1) ms += (text.charCodeAt(end) - 48) * unit;
  }
  const zone = zoneAt(text, end);
  return { timeMs: second.startMs + ms - zone.offsetMs, end: zone.end };
}

/** Read by hand: it is done for nearly every line. */
function isoSecond(text: string, at: number): Second | null {
  const joint = text.charCodeAt(at + 4);
  if ((joint !== 45 && joint !== 47) || text.charCodeAt(at + 7) !== joint) return null;
  const year = pair(text, at) * 100 + pair(text, at + 2);
  const month = pair(text, at + 5);
  const day = pair(text, at + 8);
  const gap = text.charCodeAt(at + 10);
  let end = at + 11;
  if (gap === 44) end += text.charCodeAt(end) === 32 ? 1 : 0;
  else if (gap !== 32 && gap !== 84) return null;
  if (text.charCodeAt(end + 2) !== 58 || text.charCodeAt(end + 5) !== 58) return null;
  const sec = (pair(text, end) * 60 + pair(text, end + 3)) * 60 + pair(text, end + 6);
  if (Number.isNaN(year + month + day + sec)) return null;
  return { text: text.slice(at, end + 8), startMs: dayStart(year, month, day) + sec * 1000 };
}

function zoneAt(text: string, at: number): { readonly offsetMs: number; readonly end: number } {
  const code = text.charCodeAt(at);
  if (code === 90 && !isWordOrColon(text.charCodeAt(at + 1))) return { offsetMs: 0, end: at + 1 };
  if (!isSign(code) && (code !== 32 || !isZoneStart(text.charCodeAt(at + 1)))) return { offsetMs: 0, end: at };
  ZONE.lastIndex = at;
  const found = ZONE.exec(text);
  return found ? { offsetMs: zoneMs(found[1]), end: ZONE.lastIndex } : { offsetMs: 0, end: at };
}

const isSign = (code: number) => code === 43 || code === 45;

/** Z, UTC, GMT or an offset. */
const isZoneStart = (code: number) => code === 90 || code === 85 || code === 71 || isSign(code);

const isWordOrColon = (code: number) => isDigit(code) || isUpper(code) || (code >= 97 && code <= 122) || code === 95 || code === 58;

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

function syslogTime(text: string, at: number, nowMs: number): LeadingTime | null {
  SYSLOG.lastIndex = at;
  const found = SYSLOG.exec(text);
  if (!found) return null;
  const [, name, day, hour, minute, second] = found;
  const month = MONTHS.indexOf((name ?? '').toLowerCase());
  if (month < 0) return null;
  const sec = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  return { timeMs: latestDay(month + 1, Number(day), nowMs) + sec * 1000, end: SYSLOG.lastIndex };
}

function zoneMs(zone: string | undefined): number {
  const found = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '');
  if (!found) return 0;
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) * 60_000;
}

/** A time as loggers put it into a field: a text as above, or seconds, milliseconds, micro- or nanoseconds since 1970. null for none. */
export function fieldTime(value: unknown, nowMs: number): number | null {
  if (typeof value === 'string') {
    const found = leadingTime(value, 0, nowMs);
    if (found) return Number.isFinite(found.timeMs) ? found.timeMs : null;
    return /^\d{9,19}(\.\d+)?$/.test(value) ? fieldTime(Number(value), nowMs) : null;
  }
  if (typeof value !== 'number' || !(value > 1e8)) return null;
  if (value < 1e11) return value * 1000;
  if (value < 1e14) return value;
  return value < 1e17 ? value / 1e3 : value / 1e6;
}
