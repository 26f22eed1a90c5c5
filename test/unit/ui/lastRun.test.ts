import assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import type { Run } from '../../../src/ui/investigations';
import { createLastRun } from '../../../src/ui/lastRun';
import { createRedactor } from '../../../src/ui/log';
import { beginSnapshot } from '../../../src/ui/snapshotState';
import { sampleInvestigation } from '../../fakes/sampleInvestigation';
import { FakeStore } from '../../fakes/vscodeParts';

const done: Run = {
  target: { kind: 'recording', dir: '/r' },
  subject: 'Checkout',
  repositories: ['/w'],
  link: null,
  snapshot: { ...beginSnapshot('run', 'Checkout', 5), status: 'done', endedAtMs: 9, found: sampleInvestigation('/w') },
};

function open() {
  const store = new FakeStore();
  const redactor = createRedactor();
  return { store, redactor, lastRun: createLastRun(store as unknown as Memento, redactor) };
}

describe('the last run', () => {
  it('comes back as it was', async () => {
    const { lastRun } = open();
    await lastRun.save(done);
    assert.deepEqual(lastRun.load('cut off'), JSON.parse(JSON.stringify(done)));
  });

  it('says that it was cut off when it still ran', async () => {
    const { lastRun } = open();
    await lastRun.save({ ...done, snapshot: { ...done.snapshot, status: 'running', endedAtMs: null } });
    const { status, problem, endedAtMs } = lastRun.load('cut off')!.snapshot;
    assert.deepEqual([status, problem, endedAtMs], ['cancelled', 'cut off', 5]);
  });

  it('is nothing before the first', () => assert.equal(open().lastRun.load(''), null));

  it('is kept without its bulk when it is too big, hypotheses last of all', async () => {
    const { store, lastRun } = open();
    const [evidence] = done.snapshot.found.evidence!;
    const found = { ...done.snapshot.found, evidence: Array.from({ length: 5000 }, () => ({ ...evidence!, summary: 'x'.repeat(200) })) };
    await lastRun.save({ ...done, snapshot: { ...done.snapshot, found } });
    assert.ok(String([...store.values.values()][0]).length <= 512 * 1024);
    const loaded = lastRun.load('')!.snapshot.found;
    assert.deepEqual([loaded.evidence, loaded.hypotheses?.length], [undefined, 1]);
  });

  it('is not kept at all when even that is too much, nor is an older one in its place', async () => {
    const { store, lastRun } = open();
    await lastRun.save(done);
    await lastRun.save({ ...done, subject: 'x'.repeat(600_000) });
    assert.equal(store.values.size, 0);
  });

  it('holds no key that telemetry repeated', async () => {
    const { store, redactor, lastRun } = open();
    redactor.hide('0123456789abcdef');
    await lastRun.save({ ...done, subject: 'key 0123456789abcdef' });
    assert.doesNotMatch(String([...store.values.values()][0]), /0123456789abcdef/);
    assert.equal(lastRun.load('')?.subject, 'key •••');
  });

  it('is nothing when what was stored is not a run', async () => {
    for (const value of [
      7,
      '{',
      '{}',
      JSON.stringify({ ...done, target: { kind: 'elsewhere' } }),
      JSON.stringify({ ...done, snapshot: {} }),
    ]) {
      const { store, lastRun } = open();
      await store.update('aidog.lastRun', value);
      assert.equal(lastRun.load(''), null);
    }
  });
});
