import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runFixGit } from '../../../src/git/fixGit';
import { FixScratch, signal } from './fixScratch';

describe('the Git commands of a fix', () => {
  let scratch: FixScratch;
  const set = new Set<string>();
  const setEnvironment = (values: Record<string, string>) => {
    for (const [name, value] of Object.entries(values)) {
      set.add(name);
      process.env[name] = value;
    }
  };
  beforeEach(() => {
    scratch = new FixScratch();
  });
  afterEach(() => {
    for (const name of set) Reflect.deleteProperty(process.env, name);
    set.clear();
    scratch.dispose();
  });
  const git = (...args: string[]) => runFixGit(scratch.root, args, { signal });
  /** What a program that Git starts finds in its environment. */
  const environmentOfHook = async () => {
    scratch.addHook('pre-commit', 'env >&2; exit 1');
    scratch.write({ worktree: scratch.root } as never, 'README.md', 'x');
    return (await git('commit', '--all', '--message=x')).complaint;
  };

  it('give an exit code, the output and the complaint as an answer', async () => {
    const good = await git('rev-parse', 'HEAD');
    assert.deepEqual([good.exitCode, good.stdout.trim().length], [0, 40]);
    const bad = await git('rev-parse', '--verify', 'nothing');
    assert.deepEqual([bad.exitCode, bad.stdout], [128, '']);
    assert.match(bad.complaint, /^fatal: /);
  });

  it('take the identity and the credentials of the person along, and nothing that leads into another repository', async () => {
    setEnvironment({
      GIT_AUTHOR_NAME: 'Grace',
      GIT_SSH_COMMAND: 'ssh -v',
      GIT_DIR: '/elsewhere',
      GIT_WORK_TREE: '/elsewhere',
      GIT_EDITOR: 'vi',
      PAGER: 'less',
    });
    const environment = await environmentOfHook();
    assert.match(environment, /^GIT_AUTHOR_NAME=Grace$/m);
    assert.match(environment, /^GIT_SSH_COMMAND=ssh -v$/m);
    assert.doesNotMatch(environment, /elsewhere|GIT_EDITOR=vi|^PAGER=less/m);
  });

  it('ask nothing in a terminal, and speak English', async () => {
    const environment = await environmentOfHook();
    assert.match(environment, /^GIT_TERMINAL_PROMPT=0$/m);
    assert.match(environment, /^LANGUAGE=en$/m);
  });

  it('take paths for what they are, never for a pattern', async () => {
    assert.equal((await git('ls-files', '--', '*.md')).stdout, '');
    assert.equal((await git('ls-files', '--', 'README.md')).stdout, 'README.md\n');
  });

  it('say that a folder is gone, and stop when they are called off', async () => {
    await assert.rejects(runFixGit(join(scratch.root, 'none'), ['status'], { signal }), {
      kind: 'workspace',
      message: /is gone\. Discard the fix/,
    });
    await assert.rejects(runFixGit(scratch.root, ['status'], { signal: AbortSignal.abort() }), { kind: 'cancelled' });
    scratch.addHook('pre-commit', 'touch started; while [ -e started ]; do sleep 0.1; done');
    const stop = new AbortController();
    scratch.write({ worktree: scratch.root } as never, 'README.md', 'x');
    const running = runFixGit(scratch.root, ['commit', '--all', '--message=x'], { signal: stop.signal });
    while (scratch.read({ worktree: scratch.root } as never, 'started') === null) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    await assert.rejects(running, { kind: 'cancelled' });
  });

  it('say that Git is missing', async () => {
    const { PATH } = process.env;
    process.env.PATH = scratch.base;
    try {
      await assert.rejects(git('status'), { kind: 'workspace', message: /Git was not found/ });
    } finally {
      process.env.PATH = PATH;
    }
  });
});
