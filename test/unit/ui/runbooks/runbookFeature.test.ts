import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '../../../../src/ui/investigations';
import { createRunbookFeature } from '../../../../src/ui/runbooks/runbookFeature';
import { sampleInvestigation } from '../../../fakes/sampleInvestigation';
import { fake } from '../../../fakes/vscode';
import { withModel } from '../../../fixtures/modelRun';

const runWith = (found: Run['snapshot']['found']): Run => ({
  target: { kind: 'monitor', id: 1 },
  subject: 'Checkout',
  repositories: [],
  link: null,
  snapshot: { ...withModel, found },
});

async function feature(run: Run | null = runWith(sampleInvestigation('/shop'))) {
  fake.reset();
  const dir = join(await mkdtemp(join(tmpdir(), 'aidog-runbooks-')), 'runbooks');
  const told: string[] = [];
  const report = { refuse: (sentence: string) => void told.push(sentence), problem: (error: unknown) => void told.push(String(error)) };
  return { dir, told, ...createRunbookFeature({ dir, report, runOf: () => run }) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('keeping a runbook', () => {
  it('writes a draft and opens it for the person to go on', async () => {
    const { dir, keepRunbook } = await feature();
    await keepRunbook(undefined);
    const [name = ''] = await readdir(dir);
    assert.equal(name, '2026-11-01-a-change-to-total-throws.md');
    assert.match(await readFile(join(dir, name), 'utf8'), /^---\nservices: \[checkout\]\n---\n\n# A change to total\(\) throws\n/);
    assert.equal(fake.editors.at(-1)?.document.uri.fsPath, join(dir, name));
  });

  it('never overwrites what was kept before', async () => {
    const { dir, keepRunbook } = await feature();
    await Promise.all([keepRunbook(undefined), keepRunbook(undefined), keepRunbook(undefined)]);
    const stem = '2026-11-01-a-change-to-total-throws';
    assert.deepEqual((await readdir(dir)).sort(), [`${stem}-2.md`, `${stem}-3.md`, `${stem}.md`]);
  });

  it('makes a safe name of any title', async () => {
    const found = sampleInvestigation('/shop');
    const [best] = found.hypotheses;
    assert.ok(best);
    const { dir, keepRunbook } = await feature(
      runWith({ ...found, hypotheses: [{ ...best, title: '../../etc/passwd "Größe" 数据库 CON' }] }),
    );
    await keepRunbook(undefined);
    const [name = ''] = await readdir(dir);
    assert.match(name, /^2026-11-01-etc-passwd-[\p{L}\p{N}-]+-con\.md$/u);
  });

  it('says what to do before anything was found', async () => {
    for (const run of [null, runWith({})]) {
      const { told, keepRunbook } = await feature(run);
      await keepRunbook(undefined);
      assert.deepEqual(told, ['There is nothing to keep yet. Investigate an incident first.']);
    }
  });
});

describe('showing kept runbooks', () => {
  const label = '2026-11-01-a-change-to-total-throws';

  it('opens the one that is chosen', async () => {
    const { dir, keepRunbook, showRunbooks } = await feature();
    await keepRunbook(undefined);
    fake.editors.length = 0;
    await showRunbooks(undefined);
    fake.quickPicks.at(-1)?.accept(label);
    await settled();
    assert.equal(fake.editors.at(-1)?.document.uri.fsPath, join(dir, `${label}.md`));
  });

  it('deletes one only when the person says so again', async () => {
    const { dir, keepRunbook, showRunbooks } = await feature();
    await keepRunbook(undefined);
    for (const answer of [undefined, 'Delete']) {
      assert.equal((await readdir(dir)).length, 1);
      await showRunbooks(undefined);
      fake.answers.push(answer);
      fake.quickPicks.at(-1)?.pressOn(label);
      await settled();
      await settled();
    }
    assert.deepEqual(fake.messages.at(-1)?.text, `Delete the runbook "${label}"?`);
    for (let turn = 0; turn < 50 && (await readdir(dir)).length > 0; turn++) await settled();
    assert.deepEqual(await readdir(dir), []);
  });

  it('says how to keep one where there is none', async () => {
    const { told, showRunbooks } = await feature();
    await showRunbooks(undefined);
    assert.match(told[0] ?? '', /Keep as Runbook/);
  });
});
