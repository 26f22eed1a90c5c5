import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { csvTime } from '../../src/cli/csvTime';
import { SeriesCsv } from '../../src/cli/seriesCsv';
import { createAnomalyDetector } from '../../src/signals/anomaly/detector';
import type { LabelledSeries } from './nabScore';

/** The series of a folder `nab` with `data/` and `labels/combined_windows.json`; null where there is none. */
export function readNab(dataDir: string): LabelledSeries[] | null {
  const labels = path.join(dataDir, 'nab', 'labels', 'combined_windows.json');
  if (!existsSync(labels)) return null;
  const windows = JSON.parse(readFileSync(labels, 'utf8')) as Record<string, [string, string][]>;
  return Object.entries(windows)
    .filter(([name]) => existsSync(path.join(dataDir, 'nab', 'data', name)))
    .map(([name, bounds]) => readSeries(name, readFileSync(path.join(dataDir, 'nab', 'data', name), 'utf8'), bounds));
}

function readSeries(name: string, text: string, bounds: readonly [string, string][]): LabelledSeries {
  const csv = new SeriesCsv();
  const rows = text.split(/\r?\n/).flatMap((line) => csv.read(line) ?? []);
  const times = rows.map(({ atSec }) => atSec);
  const windows = bounds.map(([from, to]): [number, number] => [
    times.findIndex((sec) => sec >= Math.floor(csvTime(from))),
    times.findLastIndex((sec) => sec <= Math.floor(csvTime(to))),
  ]);
  return { name, group: name.split('/')[0] ?? '', times, values: rows.map(({ value }) => value ?? Number.NaN), windows };
}

/** Each row's score, as the command line gives it. */
export function detectorScores({ times, values }: LabelledSeries): Float64Array {
  const detector = createAnomalyDetector();
  return Float64Array.from(values, (value, row) => detector.next(times[row] ?? Number.NaN, value).score);
}

/** Splits the series into two halves by their names, so that what is chosen on one can be checked on the other. */
export const isInFirstHalf = ({ name }: LabelledSeries): boolean => (createHash('sha1').update(name).digest()[0] ?? 0) % 2 === 0;
