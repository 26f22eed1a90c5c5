import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type PanelTab, panelTabs } from '../src/protocol/panelApi';
import { withModel } from '../test/fixtures/modelRun';
import { NOW_MS, panelSnapshots as otherSnapshots } from '../test/fixtures/panelSnapshots';
import { panelThemes } from '../test/fixtures/themes';

const panelSnapshots: typeof otherSnapshots = { ...otherSnapshots, 'with-model': withModel };
const nonce = 'cHJldmlldw';
const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self'; font-src 'self'; img-src 'self' data:`;
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };
const pictureWidths = [360, 800, 1200];
const checkedWidths = [320, 800, 1600];

/** Stands in for the extension host: hands out an API, answers `ready` with the notifications, keeps what else is posted. */
export function hostScript(
  theme: (typeof panelThemes)[keyof typeof panelThemes],
  notifications: readonly (readonly [name: string, params: unknown])[],
): string {
  return `(() => {
    const theme = ${embed(theme)};
    for (const [name, value] of Object.entries(theme.variables)) document.documentElement.style.setProperty('--vscode-' + name, value);
    document.body.classList.add(theme.bodyClass);
    document.body.dataset.vscodeThemeKind = theme.kind;
    window.posted = [];
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
    const tell = (name, params) => window.postMessage({ type: 'signal', kind: 'notifications', name, params });
    window.acquireVsCodeApi = () => ({
      getState: () => undefined,
      setState: () => undefined,
      postMessage: (message) => {
        window.posted.push(message);
        if (message.name !== 'ready') return;
        for (const [name, params] of ${embed(notifications)}) tell(name, params);
      },
    });
  })();`;
}

const embed = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');

function pageHtml(query: string, page: string): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>AIDog</title>
<link rel="stylesheet" href="/codicon.css" id="vscode-codicon-stylesheet"><link rel="stylesheet" href="/webview.css"></head>
<body><div id="root" data-page="${page}"></div><script nonce="${nonce}" src="/host.js?${query}"></script><script nonce="${nonce}" src="/webview.js"></script></body></html>`;
}

function scriptFor(query: URLSearchParams): string {
  const snapshot = panelSnapshots[query.get('snapshot') ?? ''] ?? panelSnapshots['done-code'];
  const theme = panelThemes[(query.get('theme') ?? 'dark') as keyof typeof panelThemes] ?? panelThemes.dark;
  const tab = panelTabs.find((name) => name === query.get('tab')) ?? 'overview';
  return hostScript(theme, [
    ['snapshot', snapshot],
    ['reveal', { tab, id: null }],
  ]);
}

export interface PageServerOptions {
  readonly dist: string;
  readonly port: number;
  readonly page: 'investigation' | 'home';
  /** The host script for the query of the page's address. */
  readonly scriptFor: (query: URLSearchParams) => string;
}

/** Serves the panel at `/?snapshot=…&theme=…&tab=…`. */
const servePanel = (dist: string, port: number) => servePages({ dist, port, page: 'investigation', scriptFor });

/** Serves a page of the webview at `/?…` under the policy it has in VS Code. */
export async function servePages({ dist, port, page, scriptFor }: PageServerOptions): Promise<{ server: Server; origin: string }> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const respond = (type: string, body: string | Buffer) => response.writeHead(200, { 'content-type': type }).end(body);
    if (url.pathname === '/') {
      response.setHeader('content-security-policy', policy);
      return respond('text/html', pageHtml(url.searchParams.toString().replaceAll('&', '&amp;'), page));
    }
    if (url.pathname === '/host.js') return respond('text/javascript', scriptFor(url.searchParams));
    const name = ['/webview.js', '/webview.css', '/codicon.css', '/codicon.ttf'].find((path) => path === url.pathname);
    const body = name ? await readFile(join(dist, name)).catch(() => null) : null;
    if (body === null) response.writeHead(404).end();
    else respond(types[extname(url.pathname)] ?? 'application/octet-stream', body);
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export interface PanelCheckOptions {
  /** Folder of `webview.js`, `webview.css` and the codicons. */
  readonly dist: string;
  readonly browser: Browser;
  /** Only these of the fixtures. */
  readonly snapshots?: readonly string[];
}

interface Shown {
  readonly snapshot: string;
  readonly theme: string;
  readonly tab: PanelTab;
}

/** Shows every tab of every snapshot in every theme, one after the other. */
async function visitAll(
  { dist, browser, snapshots = Object.keys(panelSnapshots) }: PanelCheckOptions,
  visit: (page: Page, shown: Shown) => Promise<void>,
): Promise<void> {
  const { server, origin } = await servePanel(dist, 0);
  const page = await browser.newPage({ viewport: { width: 800, height: 900 } });
  try {
    await page.clock.setFixedTime(NOW_MS + 900);
    for (const snapshot of snapshots)
      for (const theme of Object.keys(panelThemes))
        for (const tab of panelTabs) {
          await page.goto(`${origin}/?${new URLSearchParams({ snapshot, theme, tab })}`);
          await page.locator(`#tab-${tab}[aria-selected="true"]`).waitFor();
          await visit(page, { snapshot, theme, tab });
        }
  } finally {
    await page.close();
    server.close();
    server.closeAllConnections();
  }
}

/** What is wrong with the panel as it is drawn, one line each; empty when all is well. */
export async function checkPanel(options: PanelCheckOptions): Promise<string[]> {
  const found: string[] = [];
  await visitAll(options, async (page, { snapshot, theme, tab }) => {
    found.push(...(await checkPage(page, `${snapshot}, ${theme}, ${tab}`)));
  });
  return found;
}

const heard = new WeakMap<Page, string[]>();

/** What is wrong with the page that is shown, one line each; what it threw or logged since the last check is told too. */
export async function checkPage(page: Page, where: string): Promise<string[]> {
  const errors = heard.get(page) ?? listenTo(page);
  const found: string[] = errors.splice(0);
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  for (const width of checkedWidths) {
    await page.setViewportSize({ width, height: 900 });
    const overflowPx = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflowPx > 0) found.push(`${where}: ${overflowPx} px wider than a panel of ${width} px`);
  }
  const violations = await page.evaluate(() => (window as unknown as { violations: string[] }).violations);
  found.push(...violations.map((violation) => `${where}: the content security policy forbids ${violation}`));
  found.push(...(await axeFindings(page, where)));
  return found;
}

function listenTo(page: Page): string[] {
  const errors: string[] = [];
  heard.set(page, errors);
  page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && errors.push(`${page.url()}: ${message.text()}`));
  return errors;
}

/** Pictures of every tab at three widths, named `snapshot-theme-tab-width.png`. */
async function takePictures(options: PanelCheckOptions, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await visitAll(options, async (page, { snapshot, theme, tab }) => {
    for (const width of pictureWidths) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: join(folder, `${snapshot}-${theme}-${tab}-${width}.png`), fullPage: true });
    }
  });
}

async function axeFindings(page: Page, where: string): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run({ preload: false }));
  return violations.map(({ id, nodes }) => `${where}: axe ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** `tsx scripts/previewPanel.ts [--dist D] [--pictures D] [--snapshot NAME]…` checks; with `--port N` it serves until stopped. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      dist: { type: 'string', default: 'dist' },
      pictures: { type: 'string' },
      snapshot: { type: 'string', multiple: true },
      port: { type: 'string' },
      browser: { type: 'string', default: '/usr/bin/chromium' },
    },
  });
  const dist = resolve(values.dist);
  if (values.port !== undefined) {
    const { origin } = await servePanel(dist, Number(values.port));
    console.log(`${origin}/?snapshot=done-code&theme=dark&tab=overview`);
    return;
  }
  const browser = await chromium.launch({ executablePath: values.browser, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const options = { dist, browser, snapshots: values.snapshot };
    if (values.pictures) await takePictures(options, resolve(values.pictures));
    const found = await checkPanel(options);
    for (const line of found) console.log(line);
    console.log(found.length === 0 ? 'The panel is fine.' : `${found.length} findings.`);
    process.exitCode = found.length === 0 ? 0 : 1;
  } finally {
    await browser.close();
  }
}

if (process.argv[1] && resolve(process.argv[1]) === __filename) void main();
