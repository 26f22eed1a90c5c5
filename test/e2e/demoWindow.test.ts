import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../scripts/browser';
import { projectRoot } from '../../scripts/codeServer';
import { openInBrowser } from '../../scripts/demoWindow';
import { keys, startAccount } from './account';

describe('the window of the demo', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'aidog-demo-window-'));
  const ending = new AbortController();
  let browser: Browser;

  before(async () => {
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  });

  it('opens in a browser, where a click on the alert investigates it and messages pop up', async () => {
    const { sandbox, repository } = await startAccount(dir);
    const lines: string[] = [];
    const opened = Promise.withResolvers<string>();
    const say = (line: string) => {
      lines.push(line);
      const [url] = /http:\S+/.exec(line) ?? [];
      if (url) opened.resolve(url);
    };
    const demoKeys = { apiKey: keys.DD_API_KEY, appKey: keys.DD_APP_KEY };
    const options = { projectRoot, workspace: repository, baseUrl: sandbox.url, keys: demoKeys, signal: ending.signal, say };
    const closed = openInBrowser(options);
    try {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(await Promise.race([opened.promise, closed.then(() => assert.fail('It ended before it was open.'))]));
      await page.locator('.activitybar [aria-label^="AIDog"]').first().click({ timeout: 60_000 });
      await page.locator('.pane-body .monaco-list-row', { hasText: 'checkout ·' }).first().click({ timeout: 30_000 });
      const panel = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
      await panel
        .getByText(/^done in/)
        .first()
        .waitFor({ timeout: 60_000 });
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget input[type="text"]').first().fill('>AIDog: Show Last Prompt');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Show Last Prompt' }).first().click();
      await page.locator('.notifications-toasts .notification-list-item').first().waitFor({ timeout: 15_000 });
      assert.ok(lines.some((line) => line.includes('click AIDog')));
    } finally {
      ending.abort();
      await closed;
      await sandbox.close();
    }
  });
});
