import assert from 'node:assert/strict';
import type { SetupFix } from '../../../../src/domain/setupCheck';
import { createFixes } from '../../../../src/ui/doctor/setupFixes';
import { createFakeReport, createFakeRequests } from '../../../fakes/stackEngine';
import { fake, Uri, workspace } from '../../../fakes/vscode';

const commit = 'fef1cf73fd8f5325db8d9b052b7fcee6c8ae4862';

async function carryOut(fix: SetupFix, ...answers: unknown[]) {
  fake.reset();
  fake.answers.push(...answers);
  workspace.workspaceFolders = [{ uri: Uri.file('/shop') }];
  const { engine, asked } = createFakeRequests({ fetchCommit: () => ({ repositories: ['/shop'] }) });
  const report = createFakeReport();
  await createFixes({ engine, report, configure: async () => void fake.executed.push(['configure']) }).carryOut(fix);
  return { asked, report };
}

describe('the fixes of the doctor', () => {
  for (const [fix, executed] of [
    [{ kind: 'configure', title: '' }, ['configure']],
    [{ kind: 'setting', title: '', key: 'aidog.datadog.env' }, ['workbench.action.openSettings', '@id:aidog.datadog.env']],
    [{ kind: 'trust', title: '' }, ['workbench.trust.manage']],
    [{ kind: 'openFolder', title: '' }, ['vscode.openFolder']],
  ] as const) {
    it(`run what stands for ${fix.kind}`, async () => {
      await carryOut(fix);
      assert.deepEqual(fake.executed, [executed]);
    });
  }

  it('fetch a commit only after asking', async () => {
    const left = await carryOut({ kind: 'fetch', title: '', commit });
    assert.deepEqual(left.asked, []);
    const { asked, report } = await carryOut({ kind: 'fetch', title: '', commit }, 'Fetch');
    assert.deepEqual(asked, [['fetchCommit', { commit, repositories: ['/shop'] }]]);
    assert.match(report.refused[0]!, /fef1cf7 is at hand now/);
  });

  it('open a web page, and nothing else that calls itself one', async () => {
    await carryOut({ kind: 'page', title: '', url: 'https://docs.datadoghq.com/' });
    assert.deepEqual(fake.opened, ['https://docs.datadoghq.com/']);
    await carryOut({ kind: 'page', title: '', url: 'command:workbench.action.quit' });
    assert.deepEqual(fake.opened, []);
  });

  it('show what there is to read', async () => {
    await carryOut({ kind: 'read', title: '', text: 'DD_GIT_COMMIT_SHA' });
    assert.equal(fake.editors[0]!.document.getText(), 'DD_GIT_COMMIT_SHA');
  });
});
