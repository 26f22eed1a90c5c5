import assert from 'node:assert/strict';
import { appendFile, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BehaviorRecord } from '../../../src/domain/behavior';
import { AppError } from '../../../src/domain/errors';
import type { JudgedCause } from '../../../src/domain/memory';
import { openMemory } from '../../../src/memory/memory';

const judged = (changes: Partial<JudgedCause> = {}): JudgedCause => ({
  atMs: 1,
  runId: 'a',
  group: 'cause',
  raw: 0.5,
  coverage: 1,
  isRight: true,
  ...changes,
});
const deed: BehaviorRecord = {
  atMs: 1,
  deed: 'execute',
  subject: 'step',
  kind: 'run_query',
  title: 'Look at the pool',
  incidentType: 'connection_pool',
  service: null,
};

describe('what is remembered', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'aidog-memory-'));
  });

  it('is there in the next session', async () => {
    await openMemory(dir).judge(judged());
    await openMemory(dir).record(deed);
    assert.deepEqual(await openMemory(dir).read(), { judged: [judged()], deeds: [deed] });
  });

  it('has the newest word on each investigation', async () => {
    const memory = openMemory(dir);
    await memory.judge(judged({ atMs: 2, isRight: false }));
    await memory.judge(judged({ runId: 'b' }));
    await memory.judge(judged({ atMs: 3, isRight: true }));
    const { judged: read } = await memory.read();
    assert.deepEqual(read.map(({ runId, atMs, isRight }) => [runId, atMs, isRight]).sort(), [
      ['a', 3, true],
      ['b', 1, true],
    ]);
  });

  it('passes over records that could mislead: no share, no known group, a title without end', async () => {
    await openMemory(dir).judge(judged());
    for (const wrong of [{ raw: 7 }, { raw: null }, { group: 'all' }, { isRight: 'yes' }])
      await appendFile(join(dir, 'causes.jsonl'), `${JSON.stringify({ ...judged(), runId: 'x', ...wrong })}\n`);
    await appendFile(join(dir, 'deeds.jsonl'), `${JSON.stringify({ ...deed, title: 'x'.repeat(501) })}\n`);
    assert.deepEqual(await openMemory(dir).read(), { judged: [judged()], deeds: [] });
  });

  it('forgets everything when told to', async () => {
    const memory = openMemory(dir);
    await memory.judge(judged());
    await memory.record(deed);
    await memory.forget();
    assert.deepEqual(await memory.read(), { judged: [], deeds: [] });
  });

  it('says what to check when its folder cannot be written', async () => {
    const file = join(dir, 'file');
    await writeFile(file, '');
    await assert.rejects(
      openMemory(file).judge(judged()),
      (error) => error instanceof AppError && /could not be read or kept in .*file/.test(error.message),
    );
  });
});
