import { setImmediate } from 'node:timers/promises';
import type { Anomaly } from '../domain/anomaly';
import { anomaliesCancelled, noSeries } from '../domain/anomalyErrors';
import { createAnomalyDetector } from '../signals/anomaly/detector';
import { SeriesSketch } from '../signals/anomaly/seriesSketch';
import { StretchCollector } from '../signals/anomaly/stretches';
import type { AnomaliesCommand } from './anomaliesArguments';
import { anomaliesText } from './anomaliesText';
import { inputLines } from './inputLines';
import { SeriesCsv } from './seriesCsv';
import type { World } from './world';
import { writeAll } from './writeAll';

const MAX_LINE = 1024 * 1024;
const SCORES_A_WRITE = 10_000;
/** Rows after which an input without a single time or number is no series. */
const MAX_UNREADABLE = 10_000;
const DIGITS = 4;

/** Scores the series of standard input: a report, or with `--json` exactly one JSON object, written as the rows come. */
export async function anomaliesCommand(command: AnomaliesCommand, world: World): Promise<void> {
  if (world.stdin.isTTY) world.stderr.write('Paste CSV, then press Ctrl-D on a line of its own (on Windows: Ctrl-Z, Enter).\n');
  try {
    const scored = await scoreInput(command, world);
    if (!command.isJson) await writeAll(world.stdout, anomaliesText(scored, world), world.signal);
  } catch (error) {
    throw world.signal.aborted ? anomaliesCancelled(error) : error;
  }
}

async function scoreInput({ isJson, threshold, sigma }: AnomaliesCommand, world: World) {
  const csv = new SeriesCsv();
  const detector = createAnomalyDetector({ sigma });
  const collector = new StretchCollector(threshold);
  const sketch = new SeriesSketch();
  const scores = isJson ? new ScoreWriter(world) : null;
  let rows = 0;
  let readable = 0;
  let timed = 0;
  let lastSec = Number.NaN;
  for await (const lines of inputLines(world, MAX_LINE)) {
    for (const line of lines) {
      const row = line === null ? { atSec: Number.NaN, value: null } : csv.read(line);
      if (row === null) continue;
      const verdict = detector.next(row.atSec, row.value);
      if (row.value !== null || Number.isFinite(row.atSec)) readable++;
      if (Number.isFinite(row.atSec)) {
        timed++;
        lastSec = row.atSec;
      }
      const atSec = timed > 0 ? lastSec : rows;
      rows++;
      collector.add(atSec, row.value, verdict);
      sketch.add(atSec, row.value, verdict.reason !== null && verdict.score >= threshold);
      scores?.add(verdict.score);
    }
    if (readable > 0) await scores?.flush(SCORES_A_WRITE);
    else if (rows > MAX_UNREADABLE) throw noSeries();
    await setImmediate(undefined, { signal: world.signal });
  }
  if (readable === 0 && !(rows === 0 && csv.isNamed)) throw noSeries();
  await scores?.end(collector.found.map((anomaly) => jsonOf(anomaly, timed > 0)));
  return { rows, anomalies: collector.found, sketch, isTimed: timed > 0 };
}

/** Writes the JSON object piece by piece, so that a long series needs no memory. */
class ScoreWriter {
  readonly #world: World;
  #pieces: string[] = [];
  #start = '{"scores":[';

  constructor(world: World) {
    this.#world = world;
  }

  add(score: number): void {
    this.#pieces.push(score === 0 ? '0' : String(Number(score.toFixed(DIGITS))));
  }

  /** Writes what waits, if that is at least so many. */
  async flush(least: number): Promise<void> {
    if (this.#pieces.length < least || this.#pieces.length === 0) return;
    const text = this.#start + this.#pieces.join(',');
    this.#start = ',';
    this.#pieces = [];
    await writeAll(this.#world.stdout, text, this.#world.signal);
  }

  async end(anomalies: readonly unknown[]): Promise<void> {
    await this.flush(1);
    const start = this.#start === ',' ? '' : this.#start;
    await writeAll(this.#world.stdout, `${start}],"anomalies":${JSON.stringify(anomalies)}}\n`, this.#world.signal);
  }
}

/** Moments as ISO 8601 in UTC, or as row numbers from 0 where the series has no times. */
function jsonOf({ fromSec, toSec, peakSec, score, direction, value, expected, reason }: Anomaly, isTimed: boolean) {
  const moment = (sec: number) => (isTimed ? isoOf(sec) : sec);
  const [from, to, peak] = [moment(fromSec), moment(toSec), moment(peakSec)];
  return { from, to, peak, score: Number(score.toFixed(DIGITS)), direction, value, expected, reason };
}

function isoOf(sec: number): string | number {
  const date = new Date(sec * 1000);
  return Number.isNaN(date.getTime()) ? sec : date.toISOString();
}
