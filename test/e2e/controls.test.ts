import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../scripts/codeServer';
import { type Account, keys, startAccount } from './account';
import { type Gate, openGate } from './gate';
import { WorkbenchPage } from './workbenchPage';

/** Tab presses within which the most important button is reached from the top of the panel. */
const mostTabs = 12;

describe('the controls of an investigation', () => {
  let dir: string;
  let account: Account;
  let gate: Gate;
  let workbench: WorkbenchPage;

  before(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'aidog-controls-'));
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

  const status = (words: string) => workbench.page.locator('.statusbar-item', { hasText: `AIDog: ${words}` }).first();
  const cancelled = () =>
    workbench.panel().locator('.notice', { hasText: 'The investigation was cancelled; what was found so far is kept.' });

  it('call it off from the panel while Datadog does not answer, and keep what was found', async () => {
    gate.held = /\/(?:logs|spans)\//;
    await workbench.runCommand('AIDog: Investigate Incident…');
    await workbench.pick('Orders fail');
    await workbench.panel().getByText('More than').first().waitFor({ timeout: 30_000 });
    await workbench.panel().getByRole('button', { name: 'Cancel' }).click();
    await cancelled().waitFor({ timeout: 10_000 });
    await status('cancelled').waitFor();
    assert.equal(await workbench.panel().getByText('More than').first().isVisible(), true);
  });

  it('call it off from the palette', async () => {
    await workbench.runCommand('AIDog: Run Investigation Again');
    await workbench.panel().getByRole('button', { name: 'Cancel' }).waitFor();
    await workbench.runCommand('AIDog: Cancel Investigation');
    await cancelled().waitFor({ timeout: 10_000 });
  });

  it('lead from the palette to the line with the keyboard alone', async () => {
    gate.held = null;
    const { keyboard } = workbench.page;
    await keyboard.press('F1');
    await workbench.quickInput().waitFor();
    await keyboard.type('AIDog: Investigate Incident');
    await workbench.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'Investigate Incident' }).waitFor();
    await keyboard.press('Enter');
    await workbench.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'Orders fail' }).waitFor();
    await keyboard.press('Enter');
    const open = workbench
      .panel()
      .getByRole('button', { name: /^Open pricing\.js/ })
      .first();
    await open.waitFor({ timeout: 30_000 });
    const isFocused = () => open.evaluate((button) => button.matches(':focus'));
    for (let pressed = 0; pressed < mostTabs && !(await isFocused()); pressed += 1) await keyboard.press('Tab');
    assert.ok(await isFocused(), `the button is reached within ${mostTabs} presses of Tab`);
    await keyboard.press('Enter');
    await workbench.untilCursorAt(19);
  });
});
