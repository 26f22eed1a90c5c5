import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../scripts/codeServer';
import { panelTabs } from '../../src/protocol/panelApi';
import { tabLabels } from '../../webview/words';
import { axeViolations } from './axe';
import { WorkbenchPage } from './workbenchPage';

const vsix = path.join(projectRoot, 'out', 'aidog.vsix');
const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern', 'high-contrast': 'Default High Contrast' };
const history = JSON.parse(readFileSync(path.join(projectRoot, 'media', 'demo', 'shop', 'history.json'), 'utf8'));
const { title, planted } = history.scenarios[0] as {
  title: string;
  planted: { commit: string; file: string; headLine: number; code: string };
};

describe('the packaged extension in the workbench', () => {
  let workspace: string;

  before(() => {
    mkdirSync(path.dirname(vsix), { recursive: true });
    const vsce = path.join(projectRoot, 'node_modules', '@vscode', 'vsce', 'vsce');
    execFileSync(
      process.execPath,
      [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix],
      { cwd: projectRoot, stdio: 'pipe' },
    );
    workspace = mkdtempSync(path.join(tmpdir(), 'aidog-e2e-'));
  });

  after(() => rmSync(workspace, { recursive: true, force: true }));

  for (const [name, theme] of Object.entries(themes)) {
    it(`goes from the palette to the line that broke, with an accessible panel (${name})`, async () => {
      const workbench = await WorkbenchPage.open({ workspace, extensionDir: null, vsix, settings: { 'workbench.colorTheme': theme } });
      try {
        await workbench.runCommand('AIDog: Try the Demo Incident');
        await workbench.pick(title);
        const panel = workbench.panel();
        const open = panel.getByRole('button', { name: new RegExp(`^Open ${path.basename(planted.file)}:${planted.headLine}`) }).first();
        await open.waitFor({ timeout: 30_000 });
        await panel.getByText(planted.commit.slice(0, 7)).first().waitFor();
        for (const tab of panelTabs) {
          await panel.getByRole('tab', { name: tabLabels[tab] }).click();
          await workbench.screenshot(`panel-${tab}-${name}`);
          assert.deepEqual(await axeViolations(await workbench.panelFrame()), [], `axe, ${tab}`);
        }
        await panel.getByRole('tab', { name: tabLabels.hypotheses }).click();
        await open.click();
        await workbench.untilCursorAt(planted.headLine);
        assert.ok((await workbench.editorText()).includes(planted.code));
        await workbench.screenshot(`line-${name}`);
        assert.deepEqual([...new Set(workbench.policyViolations())], []);
      } finally {
        await workbench.close();
      }
    });
  }

  it('shows the same investigation again after the window was reloaded', async () => {
    const workbench = await WorkbenchPage.open({ workspace, extensionDir: null, vsix });
    try {
      await workbench.runCommand('AIDog: Try the Demo Incident');
      await workbench.pick(title);
      const open = () =>
        workbench
          .panel()
          .getByRole('button', { name: new RegExp(`^Open ${path.basename(planted.file)}`) })
          .first();
      await open().waitFor({ timeout: 30_000 });
      await workbench.panel().getByRole('tab', { name: tabLabels.steps }).click();
      await workbench.page.waitForTimeout(1500);
      await workbench.reload();
      const steps = workbench.panel().getByRole('tab', { name: tabLabels.steps });
      await steps.waitFor({ timeout: 30_000 });
      assert.equal(await steps.getAttribute('aria-selected'), 'true');
      await workbench.panel().getByRole('tab', { name: tabLabels.overview }).click();
      await open().waitFor();
    } finally {
      await workbench.close();
    }
  });
});
