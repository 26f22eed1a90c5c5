import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { prepareDemo } from '../src/demo/prepareDemo';
import { WorkbenchPage } from '../test/e2e/workbenchPage';
import { projectRoot } from './codeServer';

const outDir = path.join(projectRoot, 'media', 'screenshots');
const viewport = { width: 1280, height: 720 };

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
    await inWorkbench(repository, 'Default Dark Modern', async (workbench) => {
      await resolveStack(workbench);
      await shoot(workbench, 'stack');
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
    await inWorkbench(repository, 'Default Light Modern', async (workbench) => {
      await investigate(workbench, titles[0] ?? '');
      await draftFix(workbench);
      await shoot(workbench, 'fix');
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

/** As checkout printed it in production; the folder is called after the commit that was deployed there. */
const trace = [
  "TypeError: Cannot read properties of undefined (reading 'tier')",
  '    at Object.part (/srv/releases/checkout-fef1cf7/services/checkout/pricing.js:14:74)',
  '    at /srv/releases/checkout-fef1cf7/services/checkout/pricing.js:20:56',
  '    at Array.reduce (<anonymous>)',
  '    at priceOrder (/srv/releases/checkout-fef1cf7/services/checkout/pricing.js:20:21)',
  '    at placeOrder (/srv/releases/checkout-fef1cf7/services/checkout/orders.js:33:17)',
  '    at process.processTicksAndRejections (node:internal/process/task_queues:104:5)',
].join('\n');

async function resolveStack(workbench: WorkbenchPage): Promise<void> {
  await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await workbench.showIncidents();
  await workbench.page.evaluate((text) => navigator.clipboard.writeText(text), trace);
  await workbench.runCommand('AIDog: Resolve Stack Trace');
  await workbench.treeRow('pricing.js:19').waitFor({ timeout: 30_000 });
  await widenSideBar(workbench, 110);
}

async function widenSideBar({ page }: WorkbenchPage, byPixels: number): Promise<void> {
  const { x, width } = (await page.locator('.part.sidebar').boundingBox()) ?? { x: 0, width: 0 };
  await page.mouse.move(x + width, 300);
  await page.mouse.down();
  await page.mouse.move(x + width + byPixels, 300, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(x + width + 300, 640);
}

async function draftFix(workbench: WorkbenchPage): Promise<void> {
  await workbench.panel().getByRole('tab', { name: 'Hypotheses' }).click();
  await workbench.panel().getByRole('button', { name: 'Draft a Fix…' }).first().click();
  await workbench.pick('Revert ');
  await workbench.treeRow('Draft pull request').waitFor({ timeout: 30_000 });
  await workbench.page.locator('.monaco-diff-editor .line-insert').first().waitFor({ timeout: 15_000 });
}

/** Waits for animations to end first. */
async function shoot(workbench: WorkbenchPage, name: string): Promise<void> {
  await workbench.page.waitForTimeout(1000);
  await workbench.page.screenshot({ path: path.join(outDir, `${name}.png`) });
}

void main();
