import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecording } from '../../../src/recording/readRecording';
import { writeRecording } from '../../../src/recording/writeRecording';
import { sampleRecording } from './sampleRecording';

describe('writing a recording', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'recording-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('can be read back as it was', async () => {
    const recording = sampleRecording();
    const target = join(dir, 'new', 'folder');
    await writeRecording(target, recording);
    assert.deepEqual(await readRecording(target), recording);
  });

  it('makes no files for what there is not', async () => {
    await writeRecording(
      dir,
      sampleRecording({ monitors: [], series: [], logs: [], spans: [], changes: [], commits: [], dependencies: null }),
    );
    assert.deepEqual(await readdir(dir), ['recording.json']);
  });

  it('writes the names and units of the format', async () => {
    await writeRecording(dir, sampleRecording());
    const [span] = (await readFile(join(dir, 'spans.ndjson'), 'utf8')).split('\n');
    const { trace_id, start, duration, error } = JSON.parse(span ?? '{}') as Record<string, unknown>;
    assert.deepEqual([trace_id, duration, error], ['00a775cceb45df46f004be9da933646c', 5_010_500_000, 1]);
    assert.match(String(start), /^\d{16}000$/);
    const head = JSON.parse(await readFile(join(dir, 'recording.json'), 'utf8')) as { now: string; alert: Record<string, unknown> };
    assert.equal(head.now, '2026-06-20T14:04:00.000Z');
    assert.equal(head.alert.monitor_id, 7);
    assert.deepEqual(head.alert.labels, { engine: 'postgres' });
  });
});
