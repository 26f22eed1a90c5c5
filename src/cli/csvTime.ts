const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)? ?(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i;
const EPOCH = /^\d{9,19}(?:\.\d+)?$/;

/**
 * Reads a moment in epoch seconds: ISO 8601 with a blank or a T, in UTC where no zone is named, or a number since the epoch in
 * seconds, milli-, micro- or nanoseconds, told by its size. NaN for anything else.
 */
export function csvTime(text: string): number {
  const iso = ISO.exec(text);
  if (iso) return isoSeconds(iso);
  return EPOCH.test(text) ? epochSeconds(Number(text)) : Number.NaN;
}

/** Rows of one day stand together, so the day is read once. */
let lastDay = '';
let lastDaySec = Number.NaN;

function isoSeconds([, day = '', hour = '0', minute = '0', second = '0', fraction = '', zone = '']: RegExpExecArray): number {
  if (day !== lastDay) {
    lastDaySec = Date.parse(`${day}T00:00:00Z`) / 1000;
    lastDay = day;
  }
  const clock = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return lastDaySec + clock + (fraction === '' ? 0 : Number(`0.${fraction}`)) - zoneSeconds(zone);
}

function zoneSeconds(zone: string): number {
  const sign = zone.startsWith('-') ? -1 : 1;
  return /^[+-]/.test(zone) ? sign * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(3).replace(':', '') || 0) * 60) : 0;
}

function epochSeconds(value: number): number {
  if (value < 1e11) return value;
  if (value < 1e14) return value / 1e3;
  return value < 1e17 ? value / 1e6 : value / 1e9;
}
