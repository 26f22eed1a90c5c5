import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Frame, FrameLocator, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/browser';
import { projectRoot } from '../../scripts/codeServer';
import { startWorkbench, type Workbench, type WorkbenchOptions } from '../../scripts/workbench';

const screenshotDir = path.join(projectRoot, 'out', 'screenshots');

/** The workbench as a person uses it: keys, clicks, and what can be seen. */
export class WorkbenchPage {
  private constructor(
    private readonly workbench: Workbench,
    private readonly browser: Browser,
    readonly page: Page,
    /** What the page wrote to its console as errors. */
    readonly consoleErrors: readonly string[],
  ) {}

  static async open(options: WorkbenchOptions, viewport = { width: 1440, height: 900 }): Promise<WorkbenchPage> {
    const workbench = await startWorkbench(options);
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport });
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(workbench.url);
    await extensionIsThere(page);
    return new WorkbenchPage(workbench, browser, page, errors);
  }

  /** The folder that VS Code gives to AIDog for what outlives a window. */
  get storageDir(): string {
    return path.join(this.workbench.userDataDir, 'globalStorage', 'aidog.aidog');
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.workbench.close();
  }

  /** Reloads the window as a person does, so that the workbench saves what it has to restore. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load', { timeout: 60_000 });
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await extensionIsThere(this.page);
  }

  /**
   * Runs a command from the palette by its full title. The palette closes when something else takes the focus, as a panel that
   * has just been opened does; a person opens it again.
   */
  async runCommand(title: string): Promise<void> {
    for (let triesLeft = 4; ; triesLeft -= 1) {
      try {
        await this.page.keyboard.press('F1');
        await this.quickInput().fill(`>${title}`, { timeout: 5_000 });
        await this.pick(title, triesLeft === 0 ? undefined : 10_000);
        return;
      } catch (error) {
        if (triesLeft === 0) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Opens a file of the workspace by its path, as a person does who knows it. */
  async openFile(file: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput().fill(file);
    const name = file.slice(file.lastIndexOf('/') + 1);
    await this.pick(name);
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).first().waitFor();
  }

  /** Types at the beginning of the file in front, without saving it. */
  async typeAtTop(text: string): Promise<void> {
    await this.page.locator('.editor-instance .view-lines').first().click();
    await this.page.keyboard.press('Control+Home');
    await this.untilCursorAt(1);
    await this.page.keyboard.type(text);
    await this.page.locator('.tab.active.dirty').first().waitFor();
  }

  quickInput() {
    return this.page.locator('.quick-input-widget input[type="text"]').first();
  }

  /** Chooses the row of the open quick pick that bears this text. */
  async pick(text: string, timeout?: number): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click({ timeout });
  }

  /** Opens the AIDog view. */
  async showIncidents(): Promise<void> {
    await this.page.locator('.activitybar [aria-label^="AIDog"]').first().click();
  }

  treeRow(text: string | RegExp) {
    return this.page.locator('.pane-body .monaco-list-row', { hasText: text }).first();
  }

  /** The tabs in front, one a group; `data-resource-name` is the file's name. */
  activeTabs() {
    return this.page.locator('.tab.active');
  }

  /** The document inside the investigation panel. */
  panel(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** The same document, for scripts that look at it. */
  async panelFrame(): Promise<Frame> {
    const handle = await this.page.frameLocator('iframe.webview.ready').locator('#active-frame').elementHandle();
    const frame = await handle?.contentFrame();
    if (!frame) throw new Error('The panel has no document.');
    return frame;
  }

  /** Waits until the status bar says that the cursor of the active editor stands in this line. */
  async untilCursorAt(line: number): Promise<void> {
    await this.page
      .locator('.statusbar-item', { hasText: new RegExp(`Ln ${line},`) })
      .first()
      .waitFor({ timeout: 15_000 });
  }

  /** What the active editor shows. */
  async editorText(): Promise<string> {
    return (await this.page.locator('.editor-instance .view-lines').first().textContent())?.replaceAll('\u00a0', ' ') ?? '';
  }

  /** Violations of a content security policy that the page reported. */
  policyViolations(): string[] {
    return this.consoleErrors.filter((text) => text.includes('Content Security Policy') && text.includes('nonce'));
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(screenshotDir, { recursive: true });
    await this.page.screenshot({ path: path.join(screenshotDir, `${name}.png`) });
  }
}

/** The palette offers commands only once the extensions have been read; the activity bar shows when. */
async function extensionIsThere(page: Page): Promise<void> {
  await page.locator('.activitybar [aria-label^="AIDog"]').first().waitFor({ timeout: 60_000 });
}
