const stepsSec = [1, 5, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800];

/**
 * Round moments between two epoch seconds, at most `most` of them, in the local time of `offsetMinutes`
 * (as `Date.getTimezoneOffset` gives it: minutes behind UTC).
 */
export function timeTicks(
  fromSec: number,
  toSec: number,
  most: number,
  offsetMinutes = new Date(fromSec * 1000).getTimezoneOffset(),
): number[] {
  const stepSec = stepsSec.find((step) => (toSec - fromSec) / step <= most) ?? 604_800 * Math.ceil((toSec - fromSec) / 604_800 / most);
  const shiftSec = offsetMinutes * 60;
  const ticks: number[] = [];
  for (let at = Math.ceil((fromSec - shiftSec) / stepSec) * stepSec + shiftSec; at <= toSec; at += stepSec) ticks.push(at);
  return ticks;
}
