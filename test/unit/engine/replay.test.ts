import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from '../../../src/domain/ports';
import { openReplay, recordedCommits, recordingProblems } from '../../../src/engine/replay';
import { GUILTY_COMMIT, writeSmallRecording } from '../../fixtures/smallRecording';

const never = new AbortController().signal;
const log = { info: () => {}, error: () => {} };

/** A repository that has just these commits. */
const having = (...shas: string[]) => ({ hasCommit: async (sha: string) => shas.includes(sha) }) as unknown as Repository;

describe('a replay', () => {
  let dir: string;
  before(async () => {
    dir = await writeSmallRecording();
  });
  after(() => rm(dir, { recursive: true, force: true }));

  it('serves the recording over the API at a time that stands still, until it is closed', async () => {
    const replay = await openReplay(dir, log);
    const nowMs = Date.parse('2026-06-20T13:50:00Z');
    assert.equal(replay.clock.nowMs(), nowMs);
    const window = { fromMs: nowMs - 600_000, toMs: nowMs };
    const search = { query: 'service:checkout status:error', window, limit: 3 };
    const [latest] = await replay.telemetry.searchSpans(search, never);
    assert.equal(latest?.resource, 'POST /checkout');
    assert.match(latest?.meta['error.stack'] ?? '', /computeTotal/);
    assert.deepEqual(
      (await replay.telemetry.searchChanges(window, never)).map(({ commit }) => commit),
      [GUILTY_COMMIT],
    );
    await replay.close();
    await assert.rejects(replay.telemetry.searchLogs(search, never), /cannot be reached/);
  });

  it('keeps everything that is recorded, however much it is', async () => {
    const large = await writeSmallRecording();
    const changes = Array.from({ length: 20_001 }, (_, at) =>
      JSON.stringify({ timestamp: new Date(Date.UTC(2026, 5, 1) + at * 1000).toISOString(), kind: 'config', title: `change ${at}` }),
    );
    await writeFile(join(large, 'changes.ndjson'), changes.join('\n'));
    const { telemetry, close } = await openReplay(large, log);
    const window = { fromMs: Date.UTC(2026, 5, 1), toMs: Date.UTC(2026, 5, 1) + 1000 };
    const titles = (await telemetry.searchChanges(window, never)).map(({ title }) => title);
    await close();
    await rm(large, { recursive: true, force: true });
    assert.deepEqual(titles, ['change 0']);
  });

  it('offers the recorded commits unless a repository at hand has them', async () => {
    const { recording, close } = await openReplay(dir, log);
    await close();
    const window = { fromMs: 0, toMs: recording.nowMs };
    const shas = async (opened: readonly Repository[]) => {
      const commits = await (await recordedCommits(recording, opened, never))?.commitsBetween(window, never);
      return commits?.map(({ sha }) => sha) ?? null;
    };
    assert.deepEqual(await shas([]), [GUILTY_COMMIT]);
    assert.deepEqual(await shas([having('other')]), [GUILTY_COMMIT]);
    assert.equal(await shas([having('other'), having(GUILTY_COMMIT)]), null);
  });

  it('has no problems to tell of a recording that is whole', async () => {
    const { recording, close } = await openReplay(dir, log);
    await close();
    assert.deepEqual(recordingProblems(recording), []);
  });
});
