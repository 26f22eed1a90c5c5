import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What a forecaster sees, and what came then. */
export interface ForecastWindow {
  readonly source: string;
  readonly seriesId: string;
  readonly context: readonly number[];
  readonly target: readonly number[];
  /** Declared, in steps; 1 for none. */
  readonly season: number;
  readonly stepSec: number;
}

const CONTEXT = 512;
const HORIZON = 60;

/** The fixed windows of a folder `forecast/` of the benchmark data; null when it is not there. */
export function readForecastWindows(dataDir: string): ForecastWindow[] | null {
  const dir = path.join(dataDir, 'forecast');
  if (!existsSync(path.join(dir, 'windows.json'))) return null;
  const series = new Map<string, { readonly values: readonly number[]; readonly step_s: number }>();
  for (const file of readdirSync(dir).filter((name) => name.endsWith('.jsonl'))) {
    for (const line of readFileSync(path.join(dir, file), 'utf8').split('\n').filter(Boolean)) {
      const found = JSON.parse(line) as { readonly id: string; readonly values: number[]; readonly step_s: number };
      series.set(`${path.basename(file, '.jsonl')} ${found.id}`, found);
    }
  }
  const { windows } = JSON.parse(readFileSync(path.join(dir, 'windows.json'), 'utf8')) as { windows: [string, string, number, number][] };
  return windows.flatMap(([source, seriesId, origin, season]) => {
    const found = series.get(`${source} ${seriesId}`);
    if (!found) return [];
    const context = found.values.slice(origin - CONTEXT, origin);
    return [{ source, seriesId, context, target: found.values.slice(origin, origin + HORIZON), season, stepSec: found.step_s }];
  });
}

type Random = () => number;

/** Mulberry32: small, seeded, good enough for test series. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function poisson(random: Random, rate: number): number {
  if (rate > 30) return Math.max(0, Math.round(rate + Math.sqrt(rate) * normal(random)));
  const limit = Math.exp(-rate);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

/** A smooth shape of one cycle, 0..1, drawn once for a series. */
function cycleShape(random: Random): (phase: number) => number {
  const waves = [1, 2, 3].map((harmonic) => ({ harmonic, size: random() / harmonic, shift: random() }));
  const total = waves.reduce((sum, { size }) => sum + size, 0);
  return (phase) =>
    0.5 +
    waves.reduce((sum, { harmonic, size, shift }) => sum + size * Math.sin(2 * Math.PI * (harmonic * phase + shift)), 0) / (2 * total);
}

type Draw = (random: Random, length: number) => readonly number[];

function seasonal(period: number, { noise = 0.05, week = 1 }: { noise?: number; week?: number } = {}): Draw {
  return (random, length) => {
    const shape = cycleShape(random);
    const start = Math.floor(random() * period * 7);
    const level = 10 ** (1 + 3 * random());
    const swing = 0.2 + random();
    let wander = 0;
    return Array.from({ length }, (_, index) => {
      wander = 0.98 * wander + 0.02 * normal(random);
      const day = Math.floor((start + index) / period) % 7;
      const size = day > 4 ? week : 1;
      return level * Math.max(0, 1 + swing * size * shape(((start + index) % period) / period) + wander + noise * normal(random));
    });
  };
}

const counts: Draw = (random, length) => {
  const shape = cycleShape(random);
  const rate = 0.2 + 20 * random() ** 2;
  return Array.from({ length }, (_, index) => poisson(random, rate * (0.3 + shape((index % 288) / 288))));
};

const latency: Draw = (random, length) => {
  const level = 20 + 200 * random();
  const spread = 0.05 + 0.3 * random();
  let state = 0;
  return Array.from({ length }, () => {
    state = 0.9 * state + 0.3 * spread * normal(random);
    return level * Math.exp(state + spread * normal(random)) * (random() < 0.02 ? 2 + 4 * random() : 1);
  });
};

const levels: Draw = (random, length) => {
  let level = 100 * random();
  const noise = random() < 0.5 ? 0 : 2 * random();
  return Array.from({ length }, () => {
    if (random() < 0.01) level = 100 * random();
    return level + noise * normal(random);
  });
};

const reverting: Draw = (random, length) => {
  const memory = 0.5 + 0.49 * random();
  let state = 0;
  return Array.from({ length }, () => {
    state = memory * state + normal(random);
    return 50 + 5 * state;
  });
};

const wandering: Draw = (random, length) => {
  let state = 500;
  return Array.from({ length }, () => {
    state += normal(random);
    return state;
  });
};

const sawtooth: Draw = (random, length) => {
  const period = 40 + Math.floor(120 * random());
  return Array.from({ length }, (_, index) => 200 + 8 * ((index + 17) % period) + 5 * normal(random));
};

const growing: Draw = (random, length) => {
  let total = 1000 * random();
  return Array.from({ length }, () => {
    total += poisson(random, 12);
    return total;
  });
};

/** Kinds of series with their declared season and step; a season of 1 is none, and some are wrong on purpose. */
const kinds: Readonly<Record<string, { readonly draw: Draw; readonly season: number; readonly stepSec: number }>> = {
  'daily cycle, 5 min': { draw: seasonal(288), season: 288, stepSec: 300 },
  'daily cycle, noisy': { draw: seasonal(288, { noise: 0.3 }), season: 288, stepSec: 300 },
  'working week, 1 h': { draw: seasonal(24, { week: 0.3 }), season: 24, stepSec: 3600 },
  'season not declared': { draw: seasonal(48), season: 1, stepSec: 1800 },
  'season declared wrongly': { draw: seasonal(60), season: 288, stepSec: 300 },
  '1.4 cycles in view, 10 s': { draw: seasonal(360), season: 360, stepSec: 10 },
  'week of days': { draw: seasonal(7, { noise: 0.15 }), season: 7, stepSec: 86_400 },
  counts: { draw: counts, season: 288, stepSec: 300 },
  latency: { draw: latency, season: 1, stepSec: 60 },
  levels: { draw: levels, season: 1, stepSec: 60 },
  'reverts to its mean': { draw: reverting, season: 1, stepSec: 60 },
  'random walk': { draw: wandering, season: 1, stepSec: 60 },
  'saw-tooth': { draw: sawtooth, season: 1, stepSec: 60 },
  'growing counter': { draw: growing, season: 1, stepSec: 60 },
};

/** Generated windows of every kind, always the same for a seed. */
export function syntheticWindows(perKind: number, seed = 4): ForecastWindow[] {
  const random = seededRandom(seed);
  return Object.entries(kinds).flatMap(([source, { draw, season, stepSec }]) =>
    Array.from({ length: perKind }, (_, index) => {
      const values = draw(random, CONTEXT + HORIZON);
      const [context, target] = [values.slice(0, CONTEXT), values.slice(CONTEXT)];
      return { source, seriesId: String(index), context, target, season, stepSec };
    }),
  );
}
