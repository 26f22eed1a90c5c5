import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFixHandlers } from '../../../../src/engine/fix';
import { createContextKeys } from '../../../../src/ui/contextKeys';
import type { EngineClient } from '../../../../src/ui/engineClient';
import { createFixFeature, type FixFeature } from '../../../../src/ui/fix/fixCommands';
import type { Run } from '../../../../src/ui/investigations';
import { createRedactor } from '../../../../src/ui/log';
import { beginSnapshot } from '../../../../src/ui/snapshotState';
import { type GitHubServer, startGitHubServer } from '../../../fakes/gitHubServer';
import { sampleInvestigation } from '../../../fakes/sampleInvestigation';
import { changeSettings, fake, Uri, workspace } from '../../../fakes/vscode';
import { FakeDocument, FakeStore } from '../../../fakes/vscodeParts';
import { FixScratch } from '../../git/fixScratch';

const token = 'ghp_canary0123456789';

describe('the commands of a drafted fix', () => {
  let scratch: FixScratch;
  let server: GitHubServer;
  let feature: FixFeature;
  let memento: FakeStore;
  let secrets: FakeStore;
  const said: string[] = [];
  const handlers = createFixHandlers((signal) => signal) as unknown as Record<
    string,
    (params: unknown, signal: AbortSignal) => Promise<unknown>
  >;
  const engine = {
    request: (name: string, params: unknown, options?: { signal?: AbortSignal }) =>
      handlers[name]!(params, options?.signal ?? new AbortController().signal),
  } as unknown as EngineClient;

  const run = (commit: string | null = scratch.broken): Run => {
    const sample = sampleInvestigation(scratch.root);
    const [hypothesis] = sample.hypotheses;
    const suspectCommits = commit === null ? [] : [{ ...sample.suspectCommits[0]!, sha: commit }];
    const found = { ...sample, hypotheses: [{ ...hypothesis!, commit }], suspectCommits };
    const snapshot = { ...beginSnapshot('run', 'Checkout', 0), found };
    return { target: { kind: 'monitor', id: 1 }, subject: 'Checkout', repositories: [scratch.root], link: null, snapshot };
  };

  const start = (current: Run | null = run()) => {
    const report = { problem: (error: unknown) => void said.push(String(error)), refuse: (sentence: string) => void said.push(sentence) };
    const stores = { memento: memento as never, secrets: secrets as never, redactor: createRedactor() };
    feature = createFixFeature({
      ...stores,
      engine,
      report,
      contextKeys: createContextKeys(),
      worktreesDir: scratch.worktrees,
      foldersOf: (of) => of.repositories,
      runOf: () => current,
    });
  };
  const press = (name: keyof FixFeature['commands'], ...answers: unknown[]) => {
    fake.answers.push(...answers);
    return feature.commands[name](undefined);
  };
  const kept = () => JSON.parse(String(memento.values.get('aidog.fixes') ?? '[]'))[0];
  const draft = () => press('draftFix', `Revert ${scratch.broken.slice(0, 7)}`);
  const endTestsWith = (exitCode: number) => {
    fake.runTask = async (task) => {
      fake.events.taskProcessEnd.fire({ execution: task, exitCode });
      return task;
    };
  };

  beforeEach(async () => {
    fake.reset();
    said.length = 0;
    scratch = new FixScratch();
    scratch.addRemote();
    memento = new FakeStore();
    secrets = new FakeStore();
    server = await startGitHubServer({ repository: 'acme/shop', token });
    changeSettings({ 'aidog.github.baseUrl': server.url });
    secrets.values.set(`aidog.github.token:${server.url}`, token);
    start();
  });
  afterEach(async () => {
    feature.dispose();
    await server.close();
    scratch.dispose();
  });

  it('lead from the hypothesis to the draft pull request, each write asked for', async () => {
    scratch.git('remote', 'set-url', 'origin', 'https://ghe.example/acme/shop.git');
    scratch.git('remote', 'set-url', '--push', 'origin', scratch.remote);
    const before = scratch.state;
    await draft();
    const fix = kept();
    assert.deepEqual([fix.branch, fix.start.name], [`aidog/checkout-fails-revert-${scratch.broken.slice(0, 7)}`, 'origin/main']);
    assert.deepEqual(
      fake.executed.map(([id]) => id),
      ['aidog.fix.focus', 'vscode.diff'],
    );
    const [, left, right] = fake.executed[1] as [string, Uri, Uri];
    assert.equal(right.fsPath, join(fix.worktree, 'src/cart.js'));
    const provider = fake.providers.get('aidog-fix')!;
    assert.match(String(await provider.provideTextDocumentContent(left)), /^broken$/m);
    assert.equal(fake.contexts.get('aidog.hasFix'), true);

    endTestsWith(0);
    await press('runFixTests', 'npm test');
    await press('commitFix', 'Take it back');
    await press('pushFix', 'origin');
    await press('openFixPullRequest', 'acme/shop');
    assert.deepEqual(said, []);
    assert.equal(scratch.git('-C', scratch.remote, 'log', '-1', '--format=%s', fix.branch).trim(), 'Take it back');
    const [pull] = server.pulls;
    assert.deepEqual(
      [pull?.draft, pull?.head, pull?.base, pull?.title],
      [true, fix.branch, 'main', 'Revert "Round totals, fixes (see) #7"'],
    );
    assert.match(pull?.body ?? '', /`npm test` passed \(exit code 0\) on exactly this change\./);
    assert.deepEqual(kept().pullRequest, { number: 1, url: 'https://github.example/acme/shop/pull/1', isDraft: true });
    await press('openFixPullRequest');
    assert.deepEqual([fake.opened, server.pulls.length], [['https://github.example/acme/shop/pull/1'], 1]);
    assert.equal(scratch.state, before);
  });

  it('write nothing in Restricted Mode, before an investigation, and without a suspect', async () => {
    workspace.isTrusted = false;
    await draft();
    workspace.isTrusted = true;
    feature.dispose();
    start(run(null));
    await press('draftFix');
    feature.dispose();
    start(null);
    await press('draftFix');
    assert.deepEqual(said, [
      'In Restricted Mode AIDog writes nothing. Trust this workspace, then draft the fix again.',
      'No commit is suspected here, so there is nothing to revert. Choose a hypothesis that names a commit.',
      'Nothing has been investigated yet, so there is nothing to fix.',
    ]);
    assert.equal(existsSync(scratch.worktrees), false);
  });

  it('write nothing when the question is left', async () => {
    await press('draftFix');
    assert.deepEqual([existsSync(scratch.worktrees), memento.values.size], [false, 0]);
    await draft();
    const before = kept();
    for (const name of ['runFixTests', 'commitFix', 'discardFix'] as const) await press(name);
    assert.deepEqual([kept(), fake.tasks], [before, []]);
  });

  it('say why the commit cannot be reverted', async () => {
    feature.dispose();
    start(run('0'.repeat(40)));
    fake.answers.push('Revert 0000000');
    await assert.rejects(async () => feature.commands.draftFix(undefined), { message: /is in none of the open repositories/ });
    assert.equal(memento.values.size, 0);
  });

  it('lead to the fix that is there when the same revert is asked for again', async () => {
    await draft();
    await press('draftFix', `Revert ${scratch.broken.slice(0, 7)}`, 'Show It');
    assert.equal(JSON.parse(String(memento.values.get('aidog.fixes'))).length, 1);
    await press('draftFix', `Revert ${scratch.broken.slice(0, 7)}`, 'Draft Another');
    assert.equal(JSON.parse(String(memento.values.get('aidog.fixes'))).length, 2);
  });

  it('say that uncommitted changes are no part of the fix', async () => {
    scratch.repository.write('README.md', 'mine');
    await draft();
    assert.match(
      fake.messages[0]?.text ?? '',
      /begins at origin\/main\. Your uncommitted changes are no part of it and stay where they are\.$/,
    );
  });

  it('open the file with conflicts, and go on when its markers are gone', async () => {
    const text = scratch.git('show', 'HEAD:src/cart.js').replace('broken', 'broken again');
    scratch.repository.commit('Touch the same line', { 'src/cart.js': text });
    scratch.git('push', '--quiet', 'origin', 'main');
    await draft();
    const file = join(kept().worktree, 'src/cart.js');
    assert.equal(fake.editors.at(-1)?.document.uri.fsPath, file);
    await assert.rejects(async () => press('commitFix'), { message: /has nothing to do now/ });
    await assert.rejects(async () => press('continueFix'), { message: /markers are left/ });
    assert.equal(kept().failure.step, 'conflicts');
    const document = new FakeDocument(Uri.file(file));
    document.type('decided\n');
    workspace.textDocuments = [document];
    await press('continueFix');
    assert.deepEqual([readFileSync(file, 'utf8'), kept().contents.conflicts, kept().failure], ['decided\n', [], null]);
  });

  it('remember the test command of a repository, and ask before committing what did not pass', async () => {
    await draft();
    endTestsWith(1);
    await press('runFixTests', 'make check');
    assert.deepEqual(kept().tests.exitCode, 1);
    await press('runFixTests');
    assert.equal(fake.inputs.at(-1)?.value, 'make check');
    await press('commitFix');
    assert.equal(fake.messages.at(-1)?.text, 'The tests failed on this change.');
    assert.equal(kept().contents.commit, null);
    await press('commitFix', 'Commit Anyway', 'Fix');
    assert.notEqual(kept().contents.commit, null);
  });

  it('show what a hook said, and lose nothing', async () => {
    scratch.addHook('pre-commit', 'echo "two problems"; exit 1');
    await draft();
    await press('commitFix', 'Commit Anyway', 'Fix');
    assert.match(fake.messages.at(-1)?.text ?? '', /A hook of the repository refused the commit \(two problems\)/);
    assert.deepEqual([kept().failure.output, kept().contents.isDirty], ['two problems', true]);
    await press('showFixOutput');
    assert.equal(fake.editors.at(-1)?.document.getText(), 'two problems');
  });

  it('explain a repository without a remote, and one that is not on GitHub', async () => {
    await draft();
    await press('commitFix', 'Commit Anyway', 'Fix');
    await press('pushFix', 'origin');
    await assert.rejects(async () => press('openFixPullRequest'), { message: /No remote of this repository is on GitHub/ });
    scratch.git('remote', 'remove', 'origin');
    scratch.write(kept(), 'README.md', 'More\n');
    await press('commitFix', 'Commit Anyway', 'More');
    await assert.rejects(async () => press('pushFix'), { message: /has no remote to push to/ });
  });

  it('offer the page where drafts are not supported, and explain what GitHub refuses', async () => {
    scratch.git('remote', 'set-url', 'origin', 'https://ghe.example/acme/shop.git');
    scratch.git('remote', 'set-url', '--push', 'origin', scratch.remote);
    await draft();
    await press('commitFix', 'Commit Anyway', 'Fix');
    await press('pushFix', 'origin');
    const { refuse } = await import('../../../fakes/gitHubServer');
    server.fault = (response, { method }) => {
      if (method !== 'POST') return false;
      refuse(response, 'Draft pull requests are not supported in this repository.');
      return true;
    };
    await assert.rejects(async () => press('openFixPullRequest', 'acme/shop', 'Open Page'), { message: /has no draft pull requests/ });
    assert.match(fake.opened[0] ?? '', /^https:\/\/github\.example\/acme\/shop\/compare\/main\.\.\.aidog/);
    secrets.values.set(`aidog.github.token:${server.url}`, 'ghp_wrong');
    server.fault = null;
    await assert.rejects(async () => press('openFixPullRequest', 'acme/shop'), { message: /does not accept the token \(401\)/ });
    assert.deepEqual([kept().failure.step, server.pulls], ['pullRequest', []]);
  });

  it('look at the worktree anew when a file in it is saved or the view is seen', async () => {
    await draft();
    const until = async (holds: () => boolean) => {
      while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    const before = kept().contents.fingerprint;
    scratch.write(kept(), 'README.md', 'Edited\n');
    fake.events.documentSave.fire({ uri: Uri.file(join(scratch.root, 'README.md')) });
    fake.events.documentSave.fire({ uri: Uri.file(join(kept().worktree, 'README.md')) });
    await until(() => kept().contents.fingerprint !== before);
    scratch.write(kept(), 'README.md', 'Shop\nHello\n');
    fake.treeViews[0]!.setVisible(true);
    await until(() => kept().contents.fingerprint === before);
  });

  it('discard the worktree and the branch after a question, and have nothing to do afterwards', async () => {
    await draft();
    const { worktree } = kept();
    scratch.write(kept(), 'new.txt', 'x');
    await press('refreshFix');
    await press('discardFix', 'Discard');
    assert.match(
      fake.messages.at(-1)?.detail ?? '',
      /^Removes the worktree .* and nothing else\.\nChanges in it that are not committed are lost\.$/,
    );
    assert.deepEqual([existsSync(worktree), memento.values.size, fake.contexts.get('aidog.hasFix')], [false, 0, false]);
    assert.equal(scratch.git('branch', '--list', 'aidog/*'), '');
    await press('pushFix');
    assert.deepEqual(said, ['No fix is drafted yet. Run "AIDog: Draft a Fix…" on an investigation.']);
  });

  it('say in the view that the worktree is gone', async () => {
    await draft();
    const { rmSync } = await import('node:fs');
    rmSync(kept().worktree, { recursive: true });
    await assert.rejects(async () => press('refreshFix'), { message: /is gone\. Discard the fix/ });
    assert.equal(kept().failure.step, 'branch');
    await press('discardFix', 'Discard');
    assert.equal(memento.values.size, 0);
  });

  it('open the diff of one file, all of them, and nothing that the fix does not have', async () => {
    const two = scratch.repository.commit('Two', { 'a.js': 'a\n', 'b.js': 'b\n' });
    scratch.git('push', '--quiet', 'origin', 'main');
    feature.dispose();
    start(run(two));
    await press('draftFix', `Revert ${two.slice(0, 7)}`);
    const [id, title, resources] = fake.executed.at(-1) as [string, string, [Uri, Uri | undefined, Uri | undefined][]];
    assert.deepEqual(
      [id, title, resources.map(([, left, right]) => [left?.scheme, right])],
      [
        'vscode.changes',
        kept().branch,
        [
          ['aidog-fix', undefined],
          ['aidog-fix', undefined],
        ],
      ],
    );
    const [file] = kept().contents.files;
    await feature.commands.openFixFile({ kind: 'fixFile', fixId: kept().id, file });
    assert.deepEqual(fake.executed.at(-1)?.[0], 'vscode.diff');
    const count = fake.executed.length;
    await feature.commands.openFixFile({ kind: 'fixFile', fixId: kept().id, file: { path: '../../etc/passwd' } });
    assert.equal(fake.executed.length, count);
  });
});
