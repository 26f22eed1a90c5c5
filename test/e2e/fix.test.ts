import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../scripts/codeServer';
import { tabLabels } from '../../webview/words';
import { type GitHubServer, startGitHubServer } from '../fakes/gitHubServer';
import { WorkbenchPage } from './workbenchPage';

const history = JSON.parse(readFileSync(path.join(projectRoot, 'media', 'demo', 'shop', 'history.json'), 'utf8'));
const [{ title, planted }] = history.scenarios as [{ title: string; planted: { commit: string; file: string; code: string } }];
const token = 'ghp_canary0123456789';
const testCommand = `node --check ${planted.file}`;

describe('drafting a fix for the demo incident', () => {
  let dir: string;
  let remote: string;
  let gitHub: GitHubServer;
  let workbench: WorkbenchPage;
  let branch = '';

  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const shop = () => path.join(workbench.storageDir, 'demo', 'shop');
  const inShop = (...args: string[]) => git('-C', shop(), ...args);

  /** A row of the checklist, found by the beginning of what a screen reader says. */
  const row = (label: string) => workbench.page.locator(`.pane-body .monaco-list-row[aria-label^="${label}"]`).first();
  const until = (label: string) => row(label).waitFor({ timeout: 30_000 });

  /** Presses the button of a row, which shows itself under the pointer; a row that is drawn anew loses it until the pointer moves. */
  const press = async (label: string, button: string) => {
    await until(label);
    const found = row(label).getByRole('button', { name: button });
    for (let tries = 0; tries < 10 && !(await found.isVisible()); tries += 1) {
      await workbench.page.mouse.move(700, 5);
      await row(label).hover();
      await found.waitFor({ timeout: 2_000 }).catch(() => undefined);
    }
    await found.click();
  };

  /** Types into the open input, which may hide what is typed, and accepts it. */
  const answer = async (text: string | null) => {
    const input = workbench.page.locator('.quick-input-widget .quick-input-box input').first();
    await input.waitFor();
    if (text !== null) await input.fill(text);
    await workbench.page.keyboard.press('Enter');
  };

  before(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'aidog-fix-'));
    remote = path.join(dir, 'shop.git');
    git('init', '--quiet', '--bare', '--initial-branch=main', remote);
    gitHub = await startGitHubServer({ repository: 'kiln/shop', token });
    const workspace = mkdtempSync(path.join(dir, 'workspace-'));
    workbench = await WorkbenchPage.open({ workspace, extensionDir: projectRoot, settings: { 'aidog.github.baseUrl': gitHub.url } });
  });

  after(async () => {
    await workbench?.close();
    await gitHub?.close();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  });

  it('reverts the planted commit in a worktree of its own, and shows the change in the diff editor', async () => {
    await workbench.runCommand('AIDog: Try the Demo Incident');
    await workbench.pick(title);
    const panel = workbench.panel();
    await panel.getByText(planted.commit.slice(0, 7)).first().waitFor({ timeout: 30_000 });
    inShop('config', 'user.name', 'Ada Byron');
    inShop('config', 'user.email', 'ada@kiln.example');
    inShop('remote', 'set-url', '--push', 'origin', remote);
    inShop('push', '--quiet', 'origin', 'main');
    await panel.getByRole('tab', { name: tabLabels.hypotheses }).click();
    await panel.getByRole('button', { name: 'Draft a Fix…' }).first().click();
    await workbench.pick(`Revert ${planted.commit.slice(0, 7)}`);
    await until('Branch, done');
    branch = inShop('branch', '--list', '--format=%(refname:short)', 'aidog/*').trim();
    assert.match(branch, /^aidog\/[a-z0-9-]+-revert-fef1cf7$/);
    await until(`Branch, done, ${branch}, from origin/main`);
    await workbench.page.locator('.monaco-diff-editor .line-insert').first().waitFor({ timeout: 15_000 });
    await workbench.screenshot('fix-drafted');
    assert.equal(inShop('status', '--porcelain'), '');
    assert.equal(inShop('rev-parse', 'HEAD').trim(), history.head);
    assert.ok(readFileSync(path.join(shop(), planted.file), 'utf8').includes(planted.code));
  });

  it('tests, commits and pushes it, each by a button', async () => {
    await press('Tests, next', 'Run Tests on the Fix');
    await answer(testCommand);
    await until(`Tests, done, passed: ${testCommand}`);
    await press('Commit, next', 'Commit the Fix');
    await answer(null);
    await until('Commit, done');
    await press('Push, next', 'Push the Fix');
    await workbench.pick('origin');
    await until('Push, done');
    await workbench.screenshot('fix-pushed');
    const bare = (...args: string[]) => git('-C', remote, ...args);
    assert.deepEqual(bare('diff', '--name-only', `main..${branch}`).trim().split('\n'), [planted.file]);
    assert.ok(!bare('show', `${branch}:${planted.file}`).includes(planted.code));
    assert.ok(bare('show', `main:${planted.file}`).includes(planted.code));
    assert.equal(bare('log', '-1', '--format=%an <%ae>', branch).trim(), 'Ada Byron <ada@kiln.example>');
    assert.match(bare('log', '-1', '--format=%B', branch), new RegExp(`^Revert ".*"\\n\\nThis reverts commit ${planted.commit}\\.`));
  });

  it('opens a draft pull request that carries the evidence, the test result and a rollback note', async () => {
    await workbench.runCommand('AIDog: Set GitHub Token…');
    await workbench.pick(new URL(gitHub.url).host);
    await answer(token);
    await press('Draft pull request, next', 'Open Draft Pull Request');
    await workbench.pick('kiln/shop');
    await until('Draft pull request, done, #1');
    await workbench.screenshot('fix-pull-request');
    const [pull] = gitHub.pulls;
    assert.deepEqual([gitHub.pulls.length, pull?.draft, pull?.head, pull?.base], [1, true, branch, 'main']);
    const body = pull?.body ?? '';
    assert.match(body, new RegExp(`^This reverts commit ${planted.commit}`));
    assert.match(body, /\| Verdict \| a change to the code caused it \|\n\| Confidence \| \d+ % \(high\) \|/);
    assert.match(body, new RegExp(`\\| Place \\| \`${planted.file}:\\d+\` \\|`));
    assert.match(body, /## Evidence for it\n\n- \*\*E\d+\*\* /);
    assert.ok(body.includes(`## Tests\n\n\`${testCommand}\` passed (exit code 0) on exactly this change.`), body);
    assert.match(body, /## Rollback\n\n- To take this back, revert it: `git revert [0-9a-f]{40}`/);
    assert.doesNotMatch(body, /(^|[^\w`])@\w/);
  });

  it('is there again after a reload, and goes with its branch and worktree when it is discarded', async () => {
    await workbench.reload();
    await workbench.showIncidents();
    await until('Draft pull request, done, #1');
    const worktree = /^worktree (.*fixes.*)$/m.exec(inShop('worktree', 'list', '--porcelain'))?.[1] ?? '';
    assert.ok(existsSync(worktree));
    await press('Revert fef1cf7', 'Discard the Fix');
    await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Discard' }).click();
    await row('Branch').waitFor({ state: 'detached', timeout: 15_000 });
    assert.equal(existsSync(worktree), false);
    assert.equal(inShop('branch', '--format=%(refname:short)').trim(), 'main');
    assert.equal(git('-C', remote, 'branch', '--list', branch).trim(), branch);
  });
});
