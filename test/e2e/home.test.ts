import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchBrowser } from '../../scripts/browser';
import { projectRoot } from '../../scripts/codeServer';
import { checkHome } from '../../scripts/previewHome';
import { type Account, keys, startAccount } from './account';
import { axeViolations } from './axe';
import { type Gate, openGate } from './gate';
import { WorkbenchPage } from './workbenchPage';

describe('Home by itself', () => {
  it('breaks no policy, overflows nowhere and has no accessibility violation in any theme or width', async () => {
    const browser = await launchBrowser();
    try {
      const snapshots = ['busy', 'quiet', 'again', 'unconfigured', 'failedAgain', 'hostile'];
      assert.deepEqual(await checkHome({ dist: path.join(projectRoot, 'dist'), browser, snapshots }), []);
    } finally {
      await browser.close();
    }
  });
});

describe('Home of an account with a failing service', () => {
  let dir: string;
  let account: Account;
  let gate: Gate;
  let workbench: WorkbenchPage;

  before(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'aidog-home-'));
    account = await startAccount(dir);
    gate = await openGate(account.sandbox.url);
    const settings = { 'aidog.datadog.baseUrl': gate.url, 'aidog.datadog.timeoutSeconds': 300 };
    workbench = await WorkbenchPage.open({ workspace: account.repository, extensionDir: projectRoot, settings, env: keys });
  });

  after(async () => {
    await workbench?.close();
    gate?.close();
    await account?.sandbox.close();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  });

  const home = () => workbench.panel();

  it('shows how far it is, and can be called off while Datadog does not answer', async () => {
    gate.held = /\/query\/timeseries/;
    await workbench.runCommand('AIDog: Open Home');
    await home().getByText('Reading requests, errors and latency').waitFor({ timeout: 30_000 });
    await home().getByRole('button', { name: 'Cancel' }).click();
    await home().getByText('The look at the services was cancelled.').first().waitFor();
    gate.held = null;
  });

  it('sees the alert, the anomaly and the service in trouble, in an accessible page', async () => {
    await home().getByRole('button', { name: 'Look again' }).first().click();
    await home().getByRole('article', { name: 'Error rate of checkout, higher than usual' }).waitFor({ timeout: 30_000 });
    await home()
      .getByRole('heading', { name: /^AIDog Home: \d alerts?, \d services in trouble$/ })
      .waitFor();
    await home().getByText('Orders fail').first().waitFor();
    await workbench.screenshot('home');
    assert.deepEqual(await axeViolations(await workbench.panelFrame()), []);
    assert.deepEqual([...new Set(workbench.policyViolations())], []);
  });

  it('is hinted at in the tree, whose row leads back to it', async () => {
    await workbench.showIncidents();
    await workbench.treeRow(/^\d anomal/).waitFor({ timeout: 20_000 });
    await workbench.screenshot('home-tree');
    await workbench.runCommand('View: Close All Editors');
    await workbench.treeRow(/^\d anomal/).click();
    await home().getByRole('article', { name: 'Error rate of checkout, higher than usual' }).waitFor({ timeout: 30_000 });
  });

  it('comes back after the window was reloaded', async () => {
    await workbench.page.waitForTimeout(1500);
    await workbench.reload();
    await home().getByRole('article', { name: 'Error rate of checkout, higher than usual' }).waitFor({ timeout: 60_000 });
  });

  it('leads to the investigation of the service and its line', async () => {
    await workbench.runCommand('AIDog: Open Home');
    const anomaly = home().getByRole('article', { name: 'Error rate of checkout, higher than usual' });
    await anomaly.getByRole('button', { name: 'Investigate' }).click({ timeout: 60_000 });
    await workbench.page.locator('.statusbar-item', { hasText: 'AIDog: code change' }).first().waitFor({ timeout: 60_000 });
  });
});
