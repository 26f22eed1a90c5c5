import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { prepareDemo } from '../src/demo/prepareDemo';
import { keys, startAccount } from '../test/e2e/account';
import { WorkbenchPage } from '../test/e2e/workbenchPage';
import { projectRoot } from './codeServer';

const outDir = path.join(projectRoot, 'media', 'screenshots');
const viewport = { width: 1280, height: 720 };

interface Shop {
  readonly dir: string;
  readonly repository: string;
  /** Of the demo incidents. */
  readonly titles: readonly string[];
}

/** How each set of pictures is taken, by the name of the first. */
const pictures: Readonly<Record<string, (shop: Shop) => Promise<void>>> = {
  overview: ({ repository, titles }) =>
    inWorkbench(repository, 'Default Dark Modern', async (workbench) => {
      await investigate(workbench, titles[0] ?? '');
      await shoot(workbench, 'overview');
      await workbench.panel().getByRole('tab', { name: 'Evidence' }).click();
      await shoot(workbench, 'evidence');
    }),
  hypotheses: ({ repository, titles }) =>
    inWorkbench(repository, 'Default Dark Modern', async (workbench) => {
      await investigate(workbench, titles[0] ?? '');
      await workbench.panel().getByRole('tab', { name: 'Hypotheses' }).click();
      await shoot(workbench, 'hypotheses');
    }),
  home: ({ dir }) => showHome(dir),
  forecast: ({ repository, titles }) =>
    inWorkbench(repository, 'Default Light Modern', async (workbench) => {
      await investigate(workbench, titles.find((title) => title.includes('slow')) ?? '');
      await workbench.panel().getByRole('tab', { name: 'Forecast' }).click();
      await shoot(workbench, 'forecast');
    }),
  stack: ({ repository }) =>
    inWorkbench(repository, 'Default Dark Modern', async (workbench) => {
      await resolveStack(workbench);
      await shoot(workbench, 'stack');
    }),
  line: ({ repository, titles }) =>
    inWorkbench(repository, 'Default Light Modern', async (workbench) => {
      await investigate(workbench, titles[1] ?? '');
      await workbench.panel().getByRole('tab', { name: 'Hypotheses' }).click();
      await workbench
        .panel()
        .getByRole('button', { name: /^Open / })
        .first()
        .click();
      await shoot(workbench, 'line');
    }),
  fix: ({ repository, titles }) =>
    inWorkbench(repository, 'Default Light Modern', async (workbench) => {
      await investigate(workbench, titles[0] ?? '');
      await draftFix(workbench);
      await shoot(workbench, 'fix');
    }),
};

/** Takes the README's pictures in a real workbench on the demo shop's repository; only those named, where some are. */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(pictures, name));
  if (unknown.length > 0) throw new Error(`There is no picture ${unknown.join(', ')}; there are ${Object.keys(pictures).join(', ')}.`);
  mkdirSync(outDir, { recursive: true });
  const dir = mkdtempSync(path.join(tmpdir(), 'aidog-shop-'));
  try {
    const { repository, recordings } = await prepareDemo({ mediaDir: path.join(projectRoot, 'media'), dir });
    const shop = { dir, repository, titles: recordings.map(({ title }) => title) };
    for (const [name, take] of Object.entries(pictures)) if (names.length === 0 || names.includes(name)) await take(shop);
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Home of an account in which the demo's first incident goes on. */
async function showHome(dir: string): Promise<void> {
  const accountDir = path.join(dir, 'account');
  mkdirSync(accountDir);
  const { sandbox, repository } = await startAccount(accountDir);
  try {
    const more = { settings: { 'aidog.datadog.baseUrl': sandbox.url }, env: keys };
    await inWorkbench(
      repository,
      'Default Dark Modern',
      async (workbench) => {
        await workbench.showIncidents();
        await workbench.runCommand('AIDog: Open Home');
        await workbench.panel().getByRole('article').first().waitFor({ timeout: 60_000 });
        await shoot(workbench, 'home');
      },
      more,
    );
  } finally {
    await sandbox.close();
  }
}

interface Surroundings {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

async function inWorkbench(
  workspace: string,
  theme: string,
  work: (workbench: WorkbenchPage) => Promise<void>,
  { settings: more, env }: Surroundings = {},
): Promise<void> {
  const settings = { 'workbench.colorTheme': theme, 'editor.minimap.enabled': false, ...more };
  const workbench = await WorkbenchPage.open({ workspace, extensionDir: projectRoot, settings, env }, viewport);
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

void main(process.argv.slice(2));
