import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../scripts/codeServer';
import { buildShopRepository } from '../../src/demo/shopRepository';
import { WorkbenchPage } from './workbenchPage';

const history = JSON.parse(readFileSync(path.join(projectRoot, 'media', 'demo', 'shop', 'history.json'), 'utf8'));
const { planted } = history.scenarios[0] as { planted: { commit: string; file: string; line: number; code: string } };

/** As checkout printed it in production. The folder is called after the commit that was deployed there. */
const trace = [
  "TypeError: Cannot read properties of undefined (reading 'tier')",
  `    at Object.part (/srv/shop/releases/checkout-${planted.commit.slice(0, 7)}/${planted.file}:${planted.line}:74)`,
  '    at Array.reduce (<anonymous>)',
  '    at process.processTicksAndRejections (node:internal/process/task_queues:104:5)',
].join('\n');

const lineOf = (file: string, code: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(code)) + 1;

/** Ten commits by others after the deployment: lines come above the failing one, go, and the file around it changes. */
function workOn(shop: string): void {
  const file = path.join(shop, planted.file);
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', shop, '-c', 'user.name=Ann', '-c', 'user.email=ann@shop.example', ...args], { stdio: 'pipe' });
  for (let commit = 1; commit <= 10; commit += 1) {
    const lines = readFileSync(file, 'utf8').split('\n');
    if (commit % 4 === 0) lines.splice(0, 1);
    else lines.splice(0, 0, ...Array.from({ length: commit }, (_, at) => `// Note ${commit}.${at} about prices.`));
    lines.push(`// End of change ${commit}.`);
    writeFileSync(file, lines.join('\n'));
    git('commit', '--quiet', '--all', '--no-verify', '--message', `Change ${commit} of the prices`);
  }
}

describe('a stack trace in the workbench', () => {
  let dir: string;
  let shop: string;

  before(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'aidog-stack-'));
    const { root } = await buildShopRepository({
      mediaDir: path.join(projectRoot, 'media'),
      dir: path.join(dir, 'origin'),
      signal: AbortSignal.timeout(60_000),
    });
    shop = path.join(dir, 'shop');
    execFileSync('git', ['clone', '--quiet', root, shop], { stdio: 'pipe' });
    workOn(shop);
  });

  after(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));

  it('leads from the clipboard to the line of today, ten commits and an unsaved edit later', async () => {
    const saved = lineOf(path.join(shop, planted.file), planted.code);
    assert.notEqual(saved, planted.line);
    const workbench = await WorkbenchPage.open({ workspace: shop, extensionDir: projectRoot });
    try {
      const { page } = workbench;
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await workbench.openFile(planted.file);
      await workbench.typeAtTop('// not saved\n// nor this\n');
      await page.evaluate((text) => navigator.clipboard.writeText(text), trace);
      await workbench.runCommand('AIDog: Resolve Stack Trace');
      const frame = workbench.treeRow(`${path.basename(planted.file)}:${saved}`);
      await frame.waitFor({ timeout: 30_000 });
      await workbench.untilCursorAt(saved + 2);
      await workbench.openFile('README.md');
      await workbench.untilCursorAt(1);
      await frame.click();
      await workbench.untilCursorAt(saved + 2);
      assert.ok((await workbench.editorText()).includes(planted.code));
      await workbench.screenshot('stack');
    } finally {
      await workbench.close();
    }
  });
});
