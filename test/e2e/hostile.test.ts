import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../scripts/codeServer';
import { panelTabs } from '../../src/protocol/panelApi';
import type { Sandbox } from '../../src/sandbox/server';
import { tabLabels } from '../../webview/words';
import { keys, startAccount } from './account';
import { hostileRecording, hostileService, plantLink, rewriteMessages, secret, shownText } from './hostileRecording';
import { WorkbenchPage } from './workbenchPage';

/** What a page must never come to hold: elements and links that can only have been made from telemetry. */
const bred =
  'img[src="x"], [onerror], a[href^="command:workbench.action.quit"], [data-href^="command:workbench.action.quit"], .codicon-trash';

describe('telemetry that means harm', () => {
  let dir: string;
  let sandbox: Sandbox;
  let workbench: WorkbenchPage;

  before(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'aidog-hostile-'));
    const { sandbox: started, repository } = await startAccount(dir, (recording, shop) => {
      const commits = rewriteMessages(shop, '<img src=x onerror="window.__pwned=4">[c](command:workbench.action.quit)');
      return hostileRecording(recording, commits, plantLink(shop, path.join(dir, 'secret.txt')));
    });
    sandbox = started;
    const settings = { 'aidog.datadog.baseUrl': sandbox.url, 'aidog.codeLens.template': '{service} · {errors}' };
    workbench = await WorkbenchPage.open({ workspace: repository, extensionDir: projectRoot, settings, env: keys });
  });

  after(async () => {
    await workbench?.close();
    await sandbox?.close();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Nothing ran, nothing was made of it, in the workbench and in every frame of it. */
  const untouched = async (where: string) => {
    for (const frame of workbench.page.frames()) {
      const found = await frame.evaluate(
        (selector) => [
          String((globalThis as unknown as { __pwned?: number }).__pwned),
          ...[...document.querySelectorAll(selector)].map(({ outerHTML }) => outerHTML.slice(0, 200)),
        ],
        bred,
      );
      assert.deepEqual(found, ['undefined'], `${where}, ${frame.url().slice(0, 80)}`);
    }
  };

  const panelText = async () => (await workbench.panel().locator('body').textContent()) ?? '';

  it('is text in the tree and its tooltip', async () => {
    await workbench.showIncidents();
    const row = workbench.treeRow('Orders fail');
    await row.waitFor({ timeout: 30_000 });
    assert.ok((await row.textContent())?.includes(shownText), (await row.textContent()) ?? '');
    await row.hover();
    const tooltip = workbench.page.locator('.workbench-hover', { hasText: 'Orders fail' }).first();
    await tooltip.waitFor();
    assert.ok((await tooltip.textContent())?.includes('<script>window.__pwned=1</script><img src=x'));
    assert.equal(await tooltip.locator('a').count(), 0);
    await untouched('the tree');
  });

  it('is text on every tab of the panel', async () => {
    await workbench.runCommand('AIDog: Investigate Incident…');
    await workbench.pick('Orders fail');
    const panel = workbench.panel();
    await panel
      .getByRole('button', { name: /^Open pricing\.js/ })
      .first()
      .waitFor({ timeout: 30_000 });
    const texts: Partial<Record<(typeof panelTabs)[number], string>> = {};
    for (const tab of panelTabs) {
      await panel.getByRole('tab', { name: tabLabels[tab] }).click();
      await panel.locator(`#tabpanel-${tab}`).waitFor();
      texts[tab] = await panelText();
      assert.ok(texts[tab]?.includes(shownText), `the text stands in ${tab}`);
      assert.ok(!texts[tab]?.includes('\u202e'), `no override in ${tab}`);
      await workbench.screenshot(`hostile-${tab}`);
      await untouched(tab);
    }
    assert.ok(texts.overview?.includes(hostileService), 'a service keeps its name');
    assert.match(texts.hypotheses ?? '', /<img src=x onerror="window\.__pwned=4">\[c\]\(command:workbench\.action\.quit\)/);
    assert.match(texts.evidence ?? '', /\/etc\/passwd:1/);
    assert.match(texts.evidence ?? '', /services\/checkout\/leak\.js:1/);
    assert.deepEqual([...new Set(workbench.policyViolations())], []);
  });

  it('leads to no file outside the repository', async () => {
    const panel = workbench.panel();
    await panel.getByRole('tab', { name: tabLabels.evidence }).click();
    const places = panel.locator('.frame .link-button');
    const titles = await places.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('title') ?? ''));
    assert.ok(titles.length > 0);
    for (const title of titles) assert.match(title, /^Open (?:services|lib)\/[\w/.-]+\.js:\d+$/);
    for (const title of new Set(titles)) {
      await panel.locator(`.frame .link-button[title="${title}"]`).first().click();
      await workbench.untilCursorAt(Number(title.split(':')[1]));
    }
    const opened = await workbench.page.locator('.tab').evaluateAll((tabs) => tabs.map((tab) => tab.getAttribute('data-resource-name')));
    assert.ok(!opened.some((name) => /passwd|leak|secret/.test(name ?? '')), opened.join());
    assert.ok(!(await workbench.editorText()).includes(secret));
    await untouched('the editors');
  });

  it('is text in the document of a commit', async () => {
    const panel = workbench.panel();
    await panel.getByRole('tab', { name: tabLabels.hypotheses }).click();
    await panel.locator('.commit .link-button').first().click();
    await workbench.page.locator('.tab.active[data-resource-name$=".diff"]').waitFor({ timeout: 15_000 });
    await workbench.page.locator('.view-line', { hasText: '<img src=x onerror="window.__pwned=4">' }).first().waitFor();
    await untouched('the commit');
    await workbench.screenshot('hostile-commit');
  });
});
