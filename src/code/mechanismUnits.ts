import { changedLines, codeOf, moreOf } from './changedLines';
import type { MechanismHit } from './mechanism';
import type { DiffHunk } from './unifiedDiff';

/** What takes milliseconds, given a name that says seconds: it gives up, expires or fires a thousand times too soon. */
const TOO_SHORT =
  /(?:\bAbortSignal\.timeout\(|\bset(?:Timeout|Interval)\(.{0,80},|(?:[mM]illis\w{0,20}|_ms|Ms)\s*[:=(]|\bFromMilliseconds\(|\bThread\.sleep\(|\btime\.Millisecond\s*\*)\s*[\w.()]{0,80}(?:[sS]econds|SECONDS|[sS]ecs|SECS|_sec|_s)\b/;
/** What takes seconds, given a name that says milliseconds; `timeout=` between the arguments of a call is Python's. */
const TOO_LONG =
  /(?:(?:[sS]econds|[sS]ecs)\s*[:=(]|\bofSeconds\(|\bFromSeconds\(|\btime\.sleep\(|\btime\.Second\s*\*|[(,]\s*timeout=)\s*[\w.()]{0,80}(?:[mM]illis\w{0,20}|_ms|_MS|Ms)\b/;
/** Somebody minded the unit. */
const CONVERTED = /[*/]\s*(?:1_?000|1e3)|\b1_?000\s*\*|toMillis|toSeconds|\/\s*1e3|milliseconds\s*\(/i;

/** A time is handed over in another unit than is expected, by what the names say. */
export function findUnits(hunk: DiffHunk): MechanismHit[] {
  const [removed, added] = [changedLines(hunk, 'removed'), changedLines(hunk, 'added')];
  const mixed = (pattern: RegExp) => {
    const line = moreOf(added, removed, pattern);
    return line === null || CONVERTED.test(codeOf(line)) ? null : line;
  };
  const [short, long] = [mixed(TOO_SHORT), mixed(TOO_LONG)];
  return [
    ...(short === null
      ? []
      : [
          {
            kind: 'timeout_lowered' as const,
            line: short.newLine,
            weight: 0.7,
            reason: 'seconds are given where milliseconds are expected',
          },
        ]),
    ...(long === null
      ? []
      : [
          { kind: 'timeout_raised' as const, line: long.newLine, weight: 0.6, reason: 'milliseconds are given where seconds are expected' },
        ]),
  ];
}
