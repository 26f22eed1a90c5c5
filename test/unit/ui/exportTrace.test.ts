import assert from 'node:assert/strict';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Uri } from 'vscode';
import { exportTrace, traceJson } from '../../../src/ui/exportTrace';
import { fake } from '../../fakes/vscode';
import { withModel } from '../../fixtures/modelRun';

const run = { target: { kind: 'monitor' as const, id: 1 }, subject: 'Checkout', repositories: [], link: null, snapshot: withModel };

describe('exporting the agent trace', () => {
  beforeEach(() => fake.reset());

  it('saves every line with its sizes, tokens and costs where the person says', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'aidog-trace-')), 'trace.json');
    fake.answers.push(Uri.file(file));
    await exportTrace(run);
    const saved = JSON.parse(await readFile(file, 'utf8'));
    assert.deepEqual(saved.trace, withModel.found.trace);
    assert.equal(saved.trace.at(-1).call.answeredBy, 'fallback');
    assert.equal(saved.usage.costUsd, 0.0084);
    assert.deepEqual(fake.statusMessages, ['Agent trace saved']);
  });

  it('saves nothing when the person thinks better of it', async () => {
    fake.answers.push(undefined);
    assert.equal(await exportTrace(run), null);
    assert.deepEqual(fake.statusMessages, []);
  });

  it('is whole also for a run that found nothing', () => {
    const saved = JSON.parse(traceJson({ ...withModel, endedAtMs: null, found: {} }));
    assert.deepEqual([saved.endedAt, saved.usage, saved.trace], [null, null, []]);
  });
});
