import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../scripts/codeServer';
import type { Sandbox } from '../../src/sandbox/server';
import { keys, startAccount } from './account';
import { WorkbenchPage } from './workbenchPage';

describe('an account with an alerting monitor', () => {
  let dir: string;
  let sandbox: Sandbox;
  let repository: string;

  before(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'aidog-live-'));
    ({ sandbox, repository } = await startAccount(dir));
  });

  after(async () => {
    await sandbox.close();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  });

  const open = (env: Record<string, string>) =>
    WorkbenchPage.open({ workspace: repository, extensionDir: projectRoot, settings: { 'aidog.datadog.baseUrl': sandbox.url }, env });

  it('stands in the tree, and its row leads to the line in the open folder', async () => {
    const workbench = await open(keys);
    try {
      await workbench.showIncidents();
      await workbench.treeRow('Orders fail').waitFor({ timeout: 30_000 });
      await workbench.screenshot('tree');
      await workbench.treeRow('Orders fail').hover();
      await workbench.treeRow('Orders fail').locator('.action-label[aria-label^="Investigate Incident"]').click();
      const button = workbench.panel().getByRole('button', { name: /^Open pricing\.js:19/ });
      await button.first().waitFor({ timeout: 30_000 });
      await workbench.panel().getByRole('tab', { name: 'Forecast' }).click();
      await workbench
        .panel()
        .getByText(/Last looked at .* this goes on while the tab is open/)
        .waitFor({ timeout: 30_000 });
      await workbench.screenshot('live-forecast');
      await workbench.panel().getByRole('tab', { name: 'Overview' }).click();
      await button.first().click();
      await workbench.untilCursorAt(19);
      assert.equal(await workbench.activeTabs().last().getAttribute('data-resource-name'), 'pricing.js');
      await workbench.page
        .getByText(/ err\b/)
        .first()
        .waitFor({ timeout: 20_000 });
      await workbench.screenshot('live-line');
      await workbench.page.locator('.monaco-editor .view-line', { hasText: 'loyalty tier' }).last().click();
      await workbench.page.keyboard.press('End');
      await workbench.page.keyboard.type(' ');
      await workbench.page.getByText('AIDog: open incident here').first().waitFor({ timeout: 20_000 });
      await workbench.screenshot('live-edit');
    } finally {
      await workbench.close();
    }
  });

  it('says in the tree what to do when the keys are wrong', async () => {
    const workbench = await open({ DD_API_KEY: 'wrong', DD_APP_KEY: 'wrong' });
    try {
      await workbench.showIncidents();
      await workbench.page
        .getByText(/a key is wrong/)
        .first()
        .waitFor({ timeout: 30_000 });
      await workbench.screenshot('wrong-keys');
    } finally {
      await workbench.close();
    }
  });
});
