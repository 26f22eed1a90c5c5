import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BehaviorRecord } from '../../../src/domain/behavior';
import { createMemoryHandlers } from '../../../src/engine/memory';

const never = new AbortController().signal;
const hypothesis = { kind: 'code_change', commit: 'a'.repeat(40), confidence: 0.9, rawConfidence: 0.6, confidenceFactors: [] };
const deed: BehaviorRecord = {
  atMs: 1,
  deed: 'execute',
  subject: 'step',
  kind: 'run_query',
  title: 'Look',
  incidentType: 'unknown',
  service: null,
};

describe('what the engine remembers', () => {
  it('is what a person said, as an outcome of the raw confidence, and what they did', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'aidog-memory-'));
    const { requests, commands, remembered } = createMemoryHandlers();
    commands.configureMemory({ settings: { dir, runbooksDir: null, role: 'developer' } });
    await requests.judgeCause({ judgement: { atMs: 5, runId: 'r', hypothesis, isRight: true } }, never);
    const doubted = { ...hypothesis, isDoubted: true };
    await requests.judgeCause({ judgement: { atMs: 6, runId: 'doubted', hypothesis: doubted, isRight: true } }, never);
    await requests.recordDeed({ deed }, never);
    const recalled = await remembered().recall?.();
    assert.deepEqual(recalled?.person, { role: 'developer', records: [deed] });
    assert.deepEqual(
      recalled?.judged.map(({ group, raw, isRight }) => [group, raw, isRight]),
      [['commit', 0.6, true]],
    );
    await requests.forgetLearned({}, never);
    assert.deepEqual((await remembered().recall?.())?.judged, []);
  });

  it('reads kept runbooks from their folder', async () => {
    const runbooksDir = await mkdtemp(join(tmpdir(), 'aidog-memory-'));
    await writeFile(join(runbooksDir, 'a.md'), '# A');
    const { commands, remembered } = createMemoryHandlers();
    commands.configureMemory({ settings: { dir: null, runbooksDir, role: null } });
    assert.equal(remembered().recall, undefined);
    assert.deepEqual(await (await remembered().keptRunbooks?.())?.listFiles(never), ['a.md']);
  });

  it('is nothing before it was told where, and then keeps nothing', async () => {
    const { requests, remembered } = createMemoryHandlers();
    assert.deepEqual(remembered(), {});
    await assert.rejects(requests.recordDeed({ deed }, never), /no folder to remember/);
  });
});
