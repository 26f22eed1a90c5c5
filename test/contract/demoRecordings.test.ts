import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { prepareDemo } from '../../src/demo/prepareDemo';
import { readShopHistory, type Scenario, type ShopHistory } from '../../src/demo/shopHistory';
import { judge } from '../../src/demo/verdict';
import { AppError } from '../../src/domain/errors';
import type { Span } from '../../src/domain/span';
import { createEngine } from '../../src/engine/engine';
import { readRecording } from '../../src/recording/readRecording';
import type { Recording } from '../../src/recording/recording';

const projectRoot = resolve(import.meta.dirname, '../..');
const mediaDir = join(projectRoot, 'media');
const MAX_BYTES = 1_000_000;

describe('the recordings that ship', () => {
  let dir: string;
  let history: ShopHistory;
  let prepared: Awaited<ReturnType<typeof prepareDemo>>;
  const recordings = new Map<string, Recording>();

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'aidog-demo-'));
    prepared = await prepareDemo({ mediaDir, dir });
    history = await readShopHistory(mediaDir);
    for (const one of prepared.recordings) recordings.set(one.id, await readRecording(one.dir));
  });
  after(() => rm(dir, { recursive: true, force: true }));

  const recordingOf = (id: string) => recordings.get(id) as Recording;
  const scenarioOf = (id: string) => history.scenarios.find((scenario) => scenario.id === id) as Scenario;

  it('are one a scenario, complete, and small enough to ship', async () => {
    assert.deepEqual(
      prepared.recordings.map(({ id }) => id),
      history.scenarios.map(({ id }) => id),
    );
    for (const { id, dir: folder } of prepared.recordings) {
      const recording = recordingOf(id);
      assert.deepEqual(recording.problems, []);
      assert.ok(recording.spans.length > 100 && recording.series.length > 10 && recording.logs.length > 20, id);
      const sizes = await Promise.all((await readdir(folder)).map(async (file) => (await stat(join(folder, file))).size));
      assert.ok(sizes.reduce((sum, size) => sum + size, 0) < MAX_BYTES, `${id} is too large`);
    }
  });

  it('name no place of the machine that recorded them', async () => {
    for (const { dir: folder } of prepared.recordings) {
      for (const file of await readdir(folder)) {
        const text = await readFile(join(folder, file), 'utf8');
        for (const place of [projectRoot, '/.demo', '127.0.0.1', 'localhost', hostname()]) {
          assert.ok(!text.includes(place), `${folder}/${file} names ${place}`);
        }
      }
    }
  });

  it('hold nothing that is later than their now, and half a day of metrics before it', () => {
    for (const recording of recordings.values()) {
      const ends = recording.spans.map(({ startMs, durationMs }) => startMs + durationMs);
      assert.ok(Math.max(...ends, ...recording.logs.map(({ timestampMs }) => timestampMs)) <= recording.nowMs);
      const starts = recording.series.map(({ points }) => points[0]?.[0] ?? Number.POSITIVE_INFINITY);
      assert.ok(recording.nowMs / 1000 - Math.min(...starts) > 8 * 3600);
    }
  });

  it('show the alert of a monitor that they hold, after the deployment', () => {
    for (const scenario of history.scenarios) {
      const { alert, monitors, changes } = recordingOf(scenario.id);
      assert.ok(monitors.some(({ id, overall_state }) => id === alert.monitorId && overall_state === 'Alert'));
      assert.ok(scenario.alerts.includes(alert.title));
      const deployed = changes.filter(({ service }) => service === scenario.service).at(-1);
      assert.equal(deployed?.version, scenario.release);
      assert.ok(deployed.timestampMs < alert.firedAtMs);
    }
  });

  it('show the throwing line with its deployed place', () => {
    const { spans } = recordingOf('throwing-path');
    const { planted } = scenarioOf('throwing-path');
    const commit = history.releases.find(({ service }) => service === 'checkout')?.commit ?? '';
    const place = `/srv/shop/releases/checkout-${commit.slice(0, 7)}/${planted?.file}:${planted?.line}:`;
    const thrown = spans.filter((span) => span.meta['error.stack']?.includes(place));
    assert.ok(thrown.length >= 5, `${thrown.length} spans show ${place}`);
    assert.ok(thrown.every((span) => span.meta['git.commit.sha'] === commit));
  });

  it('show one query for each product where there was one for all', () => {
    const { spans, changes } = recordingOf('n-plus-one');
    const deployedMs = changes.at(-1)?.timestampMs ?? 0;
    const most = (of: readonly Span[]) => {
      const counts = new Map<string, number>();
      for (const { parentId, name } of of) if (name === 'sqlite.query') counts.set(`${parentId}`, (counts.get(`${parentId}`) ?? 0) + 1);
      return Math.max(...counts.values());
    };
    assert.ok(most(spans.filter(({ startMs }) => startMs < deployedMs)) <= 4);
    assert.ok(most(spans.filter(({ startMs }) => startMs > deployedMs)) >= 24);
  });

  it('show the innocent release working before the acquirer failed', () => {
    const { spans, alert } = recordingOf('acquirer-outage');
    const charges = spans.filter(
      ({ service, resource, meta }) => service === 'payments' && resource === 'POST /charges' && meta.version === '1.16.1',
    );
    const early = charges.filter(({ startMs }) => startMs < alert.firedAtMs - 2 * 60_000);
    assert.ok(early.length >= 2 && early.every(({ isError }) => !isError));
    assert.ok(charges.some(({ isError, startMs }) => isError && startMs > alert.firedAtMs));
  });

  for (const id of ['throwing-path', 'n-plus-one', 'acquirer-outage']) {
    it(`lead an investigation of ${id} to what was planted`, async () => {
      const engine = createEngine({ log: { info: () => undefined, error: () => undefined }, onProgress: () => undefined });
      const recording = prepared.recordings.find((one) => one.id === id);
      try {
        const target = { kind: 'recording' as const, dir: recording?.dir ?? '' };
        const found = await engine.requests.investigate(
          { runId: id, target, repositories: [prepared.repository] },
          new AbortController().signal,
        );
        const { isRight, line } = judge(scenarioOf(id), found);
        assert.ok(isRight, line);
      } finally {
        engine.dispose();
      }
    });
  }
});

describe('a demo whose recordings are missing', () => {
  it('says that it is incomplete', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'aidog-demo-'));
    try {
      await cp(join(mediaDir, 'demo', 'shop'), join(dir, 'media', 'demo', 'shop'), { recursive: true });
      await assert.rejects(
        prepareDemo({ mediaDir: join(dir, 'media'), dir: join(dir, 'out') }),
        (error) => error instanceof AppError && /The demo is incomplete/.test(error.message),
      );
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
});
