import assert from 'node:assert/strict';
import type { SetupCheck } from '../../../../src/domain/setupCheck';
import { runDoctor, statusWords } from '../../../../src/ui/doctor/doctor';
import { createFakeReport, createFakeRequests } from '../../../fakes/stackEngine';
import { fake, Uri, workspace } from '../../../fakes/vscode';

const checks: SetupCheck[] = [
  { id: 'keys', title: 'Datadog keys', status: 'ok', detail: 'Datadog accepts both keys.', fix: null },
  { id: 'sampling', title: 'Sampling', status: 'unknown', detail: 'Not known.', fix: null },
  {
    id: 'site',
    title: 'Datadog site',
    status: 'problem',
    detail: 'compose.yml names the site datadoghq.eu.',
    fix: { kind: 'setting', title: 'Change the site', key: 'aidog.datadog.site' },
  },
  { id: 'gitTags', title: 'Commit on spans', status: 'warning', detail: 'No span names the commit. $(trash)', fix: null },
];

const settled = () => new Promise(setImmediate);

function start(answer: () => unknown = () => checks) {
  fake.reset();
  workspace.workspaceFolders = [{ uri: Uri.file('/shop'), name: 'shop' } as never];
  fake.config.set('aidog.datadog.env', 'prod');
  const { engine, asked } = createFakeRequests({ diagnoseSetup: answer as never });
  const report = createFakeReport();
  const done = runDoctor({ engine, report, configure: async () => void fake.executed.push(['configure']) });
  return { done, asked, report, pick: fake.quickPicks[0]! };
}

describe('the doctor', () => {
  it('opens at once, and asks the engine about the open folders and the environment of the settings', async () => {
    const { done, asked, pick } = start();
    assert.deepEqual([pick.isVisible, pick.busy], [true, true]);
    await settled();
    assert.deepEqual(asked, [['diagnoseSetup', { repositories: ['/shop'], env: 'prod' }]]);
    assert.equal(pick.busy, false);
    pick.hide();
    await done;
  });

  it('shows the worst first, with what each means, and counts what is to be done', async () => {
    const { done, pick } = start();
    await settled();
    assert.deepEqual(
      pick.items.map(({ label }) => label),
      ['Datadog site', 'Commit on spans', 'Sampling', 'Workspace trust', 'Open folder', 'Datadog keys'],
    );
    assert.match(pick.items[0]!.description ?? '', /must be mended.*Change the site/);
    assert.match(pick.placeholder, /To look into: 2/);
    assert.equal((pick.items[1] as { detail?: string }).detail, 'No span names the commit. \\$(trash)');
    pick.hide();
    await done;
  });

  it('carries out the fix that is chosen', async () => {
    const { done, pick } = start();
    await settled();
    pick.accept('Datadog site');
    await done;
    assert.deepEqual(fake.executed, [['workbench.action.openSettings', '@id:aidog.datadog.site']]);
    assert.equal(pick.isVisible, false);
  });

  it('stays open when a row has no fix', async () => {
    const { done, pick } = start();
    await settled();
    pick.accept('Sampling');
    await settled();
    assert.equal(pick.isVisible, true);
    pick.hide();
    await done;
    assert.deepEqual(fake.executed, []);
  });

  it('says that nothing stands in the way', async () => {
    const { done, pick } = start(() => [checks[0]]);
    await settled();
    assert.match(pick.placeholder, /Nothing stands in the way/);
    pick.hide();
    await done;
  });

  it('copies the findings as text, and checks again', async () => {
    const { done, asked, pick } = start();
    await settled();
    pick.press(0);
    await settled();
    assert.match(fake.clipboard, /PROBLEM {2}Datadog site: compose\.yml names the site datadoghq\.eu\./);
    pick.press(1);
    await settled();
    assert.equal(asked.length, 2);
    pick.hide();
    await done;
  });

  it('shows what the editor knows when the engine fails, and reports that', async () => {
    const { done, pick, report } = start(() => Promise.reject(new Error('down')));
    await settled();
    assert.deepEqual(
      pick.items.map(({ label }) => label),
      ['Workspace trust', 'Open folder'],
    );
    assert.deepEqual([report.problems.length, pick.busy], [1, false]);
    pick.hide();
    await done;
  });

  it('shows nothing any more when it was closed early', async () => {
    let answer: (found: SetupCheck[]) => void = () => undefined;
    const { done, pick } = start(() => new Promise((resolve) => (answer = resolve)));
    await settled();
    const before = pick.items;
    pick.hide();
    await done;
    answer(checks);
    await settled();
    assert.equal(pick.items, before);
  });

  it('has words for every status', () => {
    const words = (['ok', 'warning', 'problem', 'unknown'] as const).map(statusWords);
    assert.equal(new Set(words).size, 4);
  });
});
