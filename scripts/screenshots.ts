import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { prepareDemo } from '../src/demo/prepareDemo';
import { WorkbenchPage } from '../test/e2e/workbenchPage';
import { projectRoot } from './codeServer';

const outDir = path.join(projectRoot, 'media', 'screenshots');
const viewport = { width: 1280, height: 800 };

/** Takes the README's pictures in a real workbench on the demo shop's repository. */
async function main(): Promise<void> {
  mkdirSync(outDir, { recursive: true });
  const dir = mkdtempSync(path.join(tmpdir(), 'aidog-shop-'));
  try {
    const { repository, recordings } = await prepareDemo({ mediaDir: path.join(projectRoot, 'media'), dir });
    const titles = recordings.map(({ title }) => title);
    await inWorkbench(repository, 'Default Dark Modern', async (workbench) => {
      await investigate(workbench, titles[0] ?? '');
      await shoot(workbench, 'overview');
      await workbench.panel().getByRole('tab', { name: 'Evidence' }).click();
      await shoot(workbench, 'evidence');
    });
    await inWorkbench(repository, 'Default Light Modern', async (workbench) => {
      await investigate(workbench, titles[1] ?? '');
      await workbench.panel().getByRole('tab', { name: 'Hypotheses' }).click();
      await workbench
        .panel()
        .getByRole('button', { name: /^Open / })
        .first()
        .click();
      await shoot(workbench, 'line');
    });
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function inWorkbench(workspace: string, theme: string, work: (workbench: WorkbenchPage) => Promise<void>): Promise<void> {
  const settings = { 'workbench.colorTheme': theme, 'editor.minimap.enabled': false };
  const workbench = await WorkbenchPage.open({ workspace, extensionDir: projectRoot, settings }, viewport);
  try {
    await work(workbench);
  } finally {
    await workbench.close();
  }
}

async function investigate(workbench: WorkbenchPage, title: string): Promise<void> {
  await workbench.runCommand('AIDog: Try the Demo Incident');
  await workbench.pick(title);
  await workbench
    .panel()
    .getByText(/^done in/)
    .first()
    .waitFor({ timeout: 60_000 });
}

/** Waits for animations to end first. */
async function shoot(workbench: WorkbenchPage, name: string): Promise<void> {
  await workbench.page.waitForTimeout(1000);
  await workbench.page.screenshot({ path: path.join(outDir, `${name}.png`) });
}

void main();
