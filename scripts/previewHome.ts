import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { homeSnapshots, NOW_MS } from '../test/fixtures/homeSnapshots';
import { panelThemes } from '../test/fixtures/themes';
import { launchBrowser } from './browser';
import { checkPage, hostScript, servePages } from './previewPanel';

const pictureWidths = [320, 800, 1200];

export interface HomeCheckOptions {
  /** Folder of `webview.js`, `webview.css` and the codicons. */
  readonly dist: string;
  readonly browser: Browser;
  /** Only these of `homeSnapshots`. */
  readonly snapshots?: readonly string[];
}

type Snapshots = Readonly<Record<string, unknown>>;

function scriptFor(query: URLSearchParams): string {
  const snapshot = (homeSnapshots as Snapshots)[query.get('snapshot') ?? ''] ?? homeSnapshots.busy;
  const theme = panelThemes[(query.get('theme') ?? 'dark') as keyof typeof panelThemes] ?? panelThemes.dark;
  return hostScript(theme, [['snapshot', snapshot]]);
}

/** Shows Home in every state and theme, one after the other. */
async function visitAll(
  { dist, browser, snapshots = Object.keys(homeSnapshots) }: HomeCheckOptions,
  visit: (page: Page, where: string) => Promise<void>,
): Promise<void> {
  const { server, origin } = await servePages({ dist, port: 0, page: 'home', scriptFor });
  const page = await browser.newPage({ viewport: { width: 800, height: 900 } });
  try {
    await page.clock.setFixedTime(NOW_MS);
    for (const snapshot of snapshots)
      for (const theme of Object.keys(panelThemes)) {
        await page.goto(`${origin}/?${new URLSearchParams({ snapshot, theme })}`);
        await page.locator('h1').first().waitFor();
        await visit(page, `${snapshot}-${theme}`);
      }
  } finally {
    await page.close();
    server.close();
    server.closeAllConnections();
  }
}

/** What is wrong with Home as it is drawn, one line each; empty when all is well. */
export async function checkHome(options: HomeCheckOptions): Promise<string[]> {
  const found: string[] = [];
  await visitAll(options, async (page, where) => void found.push(...(await checkPage(page, where))));
  return found;
}

/** Pictures of every state at three widths, named `state-theme-width.png`. */
async function takePictures(options: HomeCheckOptions, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await visitAll(options, async (page, where) => {
    for (const width of pictureWidths) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: join(folder, `${where}-${width}.png`), fullPage: true });
    }
  });
}

/** `tsx scripts/previewHome.ts [--dist D] [--pictures D] [--snapshot NAME]…` */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { dist: { type: 'string', default: 'dist' }, pictures: { type: 'string' }, snapshot: { type: 'string', multiple: true } },
  });
  const browser = await launchBrowser();
  try {
    const options = { dist: resolve(values.dist), browser, snapshots: values.snapshot };
    if (values.pictures) await takePictures(options, resolve(values.pictures));
    const found = await checkHome(options);
    for (const line of found) console.log(line);
    console.log(found.length === 0 ? 'Home is fine.' : `${found.length} findings.`);
    process.exitCode = found.length === 0 ? 0 : 1;
  } finally {
    await browser.close();
  }
}

if (process.argv[1] && resolve(process.argv[1]) === __filename) void main();
