/** How numbers, durations and times are written for a person; the one place that does it. Text is English, so numbers are too. */
const LOCALE = 'en-GB';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A number format that is made on first use: a process pays some 20 ms for its first, too much while VS Code activates us. */
function lazyFormat(locale: string, options: Intl.NumberFormatOptions): Pick<Intl.NumberFormat, 'format'> {
  let made: Intl.NumberFormat | null = null;
  return {
    format(value: number): string {
      made ??= new Intl.NumberFormat(locale, options);
      return made.format(value);
    },
  };
}

const significant = lazyFormat(LOCALE, { maximumSignificantDigits: 3 });
const whole = lazyFormat(LOCALE, { maximumFractionDigits: 0 });
const compact = lazyFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const oneDigit = lazyFormat(LOCALE, { maximumFractionDigits: 1 });

/** Three significant digits below a thousand, whole numbers up to a hundred thousand, then 123K, 4.5M. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return 'n/a';
  const size = Math.abs(value);
  if (size < 1000) return significant.format(value);
  return size < 100_000 ? whole.format(value) : compact.format(value);
}

const twoDecimals = lazyFormat(LOCALE, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A score with two decimals, so that scores below each other can be compared: `0.90`. */
export function formatScore(score: number): string {
  return Number.isFinite(score) ? twoDecimals.format(score) : 'n/a';
}

/** Every digit, in groups of three. */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** `1 fact`, `1,200 facts`; irregular plurals are given. */
export function formatPlural(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** A share of 0..1 as `86 %`; below 10 % with one digit; a little never reads as nothing, and almost all never as all. */
export function formatPercent(share: number): string {
  return formatPercentPoints(share * 100);
}

function formatPercentPoints(points: number): string {
  if (!Number.isFinite(points)) return 'n/a';
  if (points > 0 && points < 0.05) return '<0.1 %';
  if (points > 99.5 && points < 100) return '>99 %';
  return `${Math.abs(points) < 10 ? oneDigit.format(points) : whole.format(points)} %`;
}

/** US dollars: `$0.0042`, `$0.31`, `$12.40`; small sums keep two digits that tell something. */
export function formatDollars(dollars: number): string {
  if (dollars === 0) return '$0';
  const digits = dollars >= 0.1 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(Math.abs(dollars))));
  return `$${dollars.toFixed(digits)}`;
}

/** Two units at most: `412 ms`, `2.1 s`, `3 min 20 s`, `1 h 4 min`, `2 d 3 h`; microseconds below a millisecond. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return 'n/a';
  if (ms < 0) return `-${formatDuration(-ms)}`;
  if (ms > 0 && ms < 1) return `${significant.format(ms * 1000)} µs`;
  if (ms < 999.5) return `${significant.format(ms)} ms`;
  if (ms < MINUTE - 50) return `${oneDigit.format(ms / SECOND)} s`;
  if (ms < HOUR - SECOND / 2) return inTwoUnits(ms, MINUTE, 'min', SECOND, 's');
  if (ms < DAY - MINUTE / 2) return inTwoUnits(ms, HOUR, 'h', MINUTE, 'min');
  return inTwoUnits(ms, DAY, 'd', HOUR, 'h');
}

function inTwoUnits(ms: number, largeMs: number, large: string, smallMs: number, small: string): string {
  const smalls = Math.round(ms / smallMs);
  const perLarge = largeMs / smallMs;
  const rest = smalls % perLarge;
  return `${whole.format(Math.floor(smalls / perLarge))} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Decimal units: `512 B`, `1.5 MB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return 'n/a';
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${significant.format(value)} ${BYTE_UNITS[unit]}`;
}

const DURATION_UNITS_MS: Readonly<Record<string, number>> = {
  nanosecond: 1e-6,
  microsecond: 1e-3,
  millisecond: 1,
  second: SECOND,
  minute: MINUTE,
  hour: HOUR,
  day: DAY,
};

const BYTE_UNIT_SIZES: Readonly<Record<string, number>> = {
  byte: 1,
  kibibyte: 1024,
  mebibyte: 1024 ** 2,
  gibibyte: 1024 ** 3,
  kilobyte: 1e3,
  megabyte: 1e6,
  gigabyte: 1e9,
};

/** A value in one of Datadog's units (`millisecond`, `percent`, `byte`, `request`, `byte/second`, …; null for none); null is no data. */
export function formatQuantity(value: number | null, unit: string | null): string {
  if (value === null || !Number.isFinite(value)) return 'no data';
  const [base = '', per] = (unit ?? '').split('/');
  const rate = per ? `/${SHORT_PER[per] ?? per}` : '';
  const durationMs = DURATION_UNITS_MS[base];
  if (durationMs !== undefined) return formatDuration(value * durationMs) + rate;
  const bytes = BYTE_UNIT_SIZES[base];
  if (bytes !== undefined) return formatBytes(value * bytes) + rate;
  if (base === 'percent') return formatPercentPoints(value) + rate;
  if (base === 'fraction') return formatPercent(value) + rate;
  if (base === '') return formatNumber(value) + rate;
  return `${formatNumber(value)} ${value === 1 ? base : pluralOf(base)}${rate}`;
}

/** As {@link formatQuantity} for the ticks of an axis: without nouns, which stand beside the chart once. */
export function formatTick(value: number, unit: string | null): string {
  const base = (unit ?? '').split('/')[0] ?? '';
  const hasSymbol = base in DURATION_UNITS_MS || base in BYTE_UNIT_SIZES || base === 'percent' || base === 'fraction';
  return hasSymbol ? formatQuantity(value, base) : formatNumber(value);
}

const SHORT_PER: Readonly<Record<string, string>> = { second: 's', minute: 'min', hour: 'h', day: 'd' };

function pluralOf(noun: string): string {
  if (/(s|x|ch|sh)$/.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** `just now`, `18 min ago`, `in 5 min`, `3 d ago`: one unit, because the exact time stands beside it. */
export function formatAge(thenMs: number, nowMs: number): string {
  const ms = nowMs - thenMs;
  const size = Math.abs(ms);
  if (size < 45 * SECOND) return 'just now';
  const amount =
    size < 59.5 * MINUTE
      ? `${Math.round(size / MINUTE)} min`
      : size < 23.5 * HOUR
        ? `${Math.round(size / HOUR)} h`
        : `${whole.format(Math.round(size / DAY))} d`;
  return ms > 0 ? `${amount} ago` : `in ${amount}`;
}

/** IANA name of a time zone; the machine's own when left out. */
export interface TimeOptions {
  readonly timeZone?: string;
}

/** `14:02`, or with seconds `14:02:09`. */
export function formatTime(ms: number, options: TimeOptions & { readonly withSeconds?: boolean } = {}): string {
  return write(ms, {
    hour: '2-digit',
    minute: '2-digit',
    ...(options.withSeconds ? { second: '2-digit' } : {}),
    timeZone: options.timeZone,
  });
}

/** `3 Nov 2026, 14:02`. */
export function formatDateTime(ms: number, options: TimeOptions = {}): string {
  return write(ms, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: options.timeZone });
}

/** `3 Nov`. */
export function formatDay(ms: number, options: TimeOptions = {}): string {
  return write(ms, { day: 'numeric', month: 'short', timeZone: options.timeZone });
}

/** `3 Nov 2026, 13:40 – 14:10`; the day is repeated only when it changes. */
export function formatTimeRange(fromMs: number, toMs: number, options: TimeOptions = {}): string {
  if (!Number.isFinite(fromMs) || !Number.isFinite(toMs)) return 'unknown time';
  const start = formatDateTime(fromMs, options);
  const isSameDay = formatDay(fromMs, options) === formatDay(toMs, options) && Math.abs(toMs - fromMs) < DAY;
  return `${start} – ${isSameDay ? formatTime(toMs, options) : formatDateTime(toMs, options)}`;
}

function write(ms: number, options: Intl.DateTimeFormatOptions): string {
  return Number.isFinite(ms) ? new Intl.DateTimeFormat(LOCALE, { hourCycle: 'h23', ...options }).format(ms) : 'unknown time';
}

/** A word for a confidence of 0..1: low below 0.4, medium below 0.7, else high. */
export function confidenceWord(confidence: number): 'low' | 'medium' | 'high' {
  if (confidence < 0.4) return 'low';
  return confidence < 0.7 ? 'medium' : 'high';
}

/** The first seven characters, as Git abbreviates. */
export function formatSha(sha: string): string {
  return sha.slice(0, 7);
}
