import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitScheme, createCommitViewer, createGitReader, isSha } from '../../../src/ui/commitDocument';
import { fake } from '../../fakes/vscode';

const sha = 'a'.repeat(40);

function open(read: (sha: string, repositories: readonly string[]) => Promise<string | null>) {
  fake.reset();
  const refused: string[] = [];
  const report = { problem: () => undefined, refuse: (sentence: string) => void refused.push(sentence) };
  return { viewer: createCommitViewer(read, report), refused };
}

describe('the commit viewer', () => {
  it('shows a commit as a read-only diff', async () => {
    const { viewer } = open(async (asked, repositories) => `commit ${asked}\n+ ${repositories}`);
    await viewer.open(sha, ['/w']);
    const { document } = fake.editors[0]!;
    assert.deepEqual([document.uri.scheme, document.uri.path, document.languageId], [commitScheme, `/${sha.slice(0, 10)}.diff`, 'diff']);
    assert.equal(document.getText(), `commit ${sha}\n+ /w`);
  });

  it('says so when no repository has the commit', async () => {
    const { viewer, refused } = open(async () => null);
    await viewer.open(sha, []);
    assert.deepEqual(fake.editors, []);
    assert.match(refused[0]!, /in none of the open repositories/);
  });

  it('never asks for what is no commit id', async () => {
    const { viewer, refused } = open(() => assert.fail('asked'));
    for (const text of ['HEAD', '--output=/tmp/x', '', 'a'.repeat(65), 'abc', `${sha}\n`]) await viewer.open(text, ['/w']);
    assert.equal(refused.length > 0, true);
    assert.equal(isSha(sha), true);
  });
});

describe('reading a commit with Git', () => {
  const dir = mkdtempSync(join(tmpdir(), 'aidog-commit-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', ...args], { cwd: dir, encoding: 'utf8' }).trim();
  let head = '';
  before(() => {
    git('init', '-q');
    writeFileSync(join(dir, 'a.txt'), 'hello\n');
    git('add', '.');
    git('commit', '-q', '-m', 'Say hello');
    head = git('rev-parse', 'HEAD');
    git('config', 'diff.external', `touch ${join(dir, 'ran')} #`);
  });
  after(() => rmSync(dir, { recursive: true, force: true }));

  it('gives message and diff, from the first repository that has it, and runs no program of the repository', async () => {
    const lines: string[] = [];
    const read = createGitReader({ info: (line) => lines.push(line), error: () => undefined });
    const text = await read(head, [tmpdir(), join(dir, 'gone'), dir]);
    assert.match(text ?? '', /Say hello[\s\S]*\+hello/);
    assert.equal(lines.length, 2);
    assert.throws(() => execFileSync('test', ['-e', join(dir, 'ran')]));
  });

  it('gives null when no repository has it', async () => {
    const read = createGitReader({ info: () => undefined, error: () => undefined });
    assert.equal(await read(sha, [dir]), null);
    assert.equal(await read(sha, []), null);
  });
});
