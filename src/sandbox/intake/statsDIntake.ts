import { randomUUID } from 'node:crypto';
import type { TelemetryStore } from '../store/store';
import { changeOf } from './changeFacts';
import { parseDogStatsD, type StatsDEvent, type StatsDMetric } from './dogStatsD';

/** The agent sums counters up over this many seconds. */
const FLUSH_SEC = 10;

/** Puts datagrams into the store; answers why lines were left out. */
export type StatsDIntake = (datagram: string) => readonly string[];

/** Messages without a timestamp happen now, as the store's clock has it. */
export function createStatsDIntake(store: TelemetryStore): StatsDIntake {
  const countMembers = createSetCounter();
  return (datagram) => {
    const { messages, problems } = parseDogStatsD(datagram);
    const nowSec = Math.floor(store.clock.nowMs() / 1000);
    for (const message of messages) {
      if (message.kind === 'metric') addMetric(store, message, nowSec, countMembers);
      else if (message.kind === 'event') addEvent(store, message, nowSec);
      else addGauge(store, { name: message.name, tags: message.tags }, message.timestampSec ?? nowSec, message.status);
    }
    return problems;
  };
}

function addMetric(store: TelemetryStore, metric: StatsDMetric, nowSec: number, countMembers: SetCounter): void {
  const { name, tags, unit } = metric;
  const sec = metric.timestampSec ?? nowSec;
  const flushSec = Math.floor(sec / FLUSH_SEC) * FLUSH_SEC;
  if (metric.type === 'set') {
    addGauge(store, metric, flushSec, countMembers(`${name}\n${tags.join('\n')}`, flushSec, metric.values));
    return;
  }
  const values = metric.values.map(Number);
  if (metric.type === 'gauge') {
    addGauge(store, metric, sec, values.at(-1) ?? 0);
  } else if (metric.type === 'count') {
    const sum = values.reduce((a, b) => a + b, 0) / metric.sampleRate;
    store.addSeries({ metric: name, tags, unit, intervalSec: FLUSH_SEC, points: [[flushSec, sum]] }, 'count');
  } else {
    const times = Math.max(1, Math.min(MAX_WEIGHT, Math.round(1 / metric.sampleRate)));
    const points = values.flatMap((value) => Array.from({ length: times }, () => [sec, value] as const));
    store.addSeries({ metric: name, tags, unit, intervalSec: FLUSH_SEC, points }, metric.type);
  }
}

/** An observation sent with a sample rate stands for so many at most. */
const MAX_WEIGHT = 1000;

function addGauge(store: TelemetryStore, metric: { name: string; tags: readonly string[] }, sec: number, value: number): void {
  store.addSeries({ metric: metric.name, tags: metric.tags, unit: null, intervalSec: FLUSH_SEC, points: [[sec, value]] }, 'gauge');
}

function addEvent(store: TelemetryStore, event: StatsDEvent, nowSec: number): void {
  const tags = event.host === null ? event.tags : [...event.tags, `host:${event.host}`];
  const change = changeOf({
    title: event.title,
    text: event.text,
    tags,
    timestampMs: (event.timestampSec ?? nowSec) * 1000,
    source: event.sourceType,
  });
  const attributes = { ...change.attributes, alert_type: event.alertType };
  store.addEvents([{ id: randomUUID(), change: { ...change, attributes }, source: event.sourceType ?? 'my_apps', tags }]);
}

type SetCounter = (key: string, flushSec: number, members: readonly (string | number)[]) => number;

/** Counts distinct members within one flush; what is two flushes old is forgotten. */
function createSetCounter(): SetCounter {
  const flushes = new Map<number, Map<string, Set<string | number>>>();
  return (key, flushSec, members) => {
    const sets = flushes.get(flushSec) ?? new Map<string, Set<string | number>>();
    flushes.set(flushSec, sets);
    for (const old of flushes.keys()) if (old < flushSec - FLUSH_SEC) flushes.delete(old);
    const set = sets.get(key) ?? new Set();
    sets.set(key, set);
    for (const member of members) set.add(member);
    return set.size;
  };
}
