import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PreparedFix } from '../../../src/domain/fix';
import { findSuspect } from '../../../src/git/fixRepository';
import { createRevertPatch } from '../../../src/git/fixRevert';
import { prepareWorktree } from '../../../src/git/fixWorktree';
import { ScratchRepository } from './scratchRepository';

export const signal = new AbortController().signal;

const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => `line ${from + at}\n`).join('');

/** A repository whose middle commit broke something, with a bare remote and a folder for worktrees. */
export class FixScratch {
  readonly repository = new ScratchRepository();
  readonly base = realpathSync(mkdtempSync(join(tmpdir(), 'aidog-fix-')));
  readonly remote = join(this.base, 'remote.git');
  readonly worktrees = join(this.base, 'worktrees');
  readonly good: string;
  readonly broken: string;

  constructor() {
    this.good = this.repository.commit('Start', { 'src/cart.js': lines(1, 20), 'README.md': 'Shop\n' });
    this.broken = this.repository.commit('Round totals, fixes #7', { 'src/cart.js': `${lines(1, 9)}broken\n${lines(11, 20)}` });
    this.repository.commit('Say hello', { 'README.md': 'Shop\nHello\n' });
  }

  get root(): string {
    return this.repository.root;
  }

  git(...args: string[]): string {
    return this.repository.git(...args);
  }

  /** Makes the bare remote `origin` and pushes `main` to it. */
  addRemote(): void {
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', this.remote]);
    this.git('remote', 'add', 'origin', this.remote);
    this.git('push', '--quiet', 'origin', 'main');
    this.git('remote', 'set-head', 'origin', 'main');
  }

  /** A program that Git runs at this point; `body` is for a shell. */
  addHook(name: string, body: string, dir = join(this.root, '.git', 'hooks')): void {
    execFileSync('mkdir', ['-p', dir]);
    writeFileSync(join(dir, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }

  /** Everything about the working tree that must not change: HEAD, index, files, and what is not committed. */
  get state(): string {
    const git = (...args: string[]) => this.git(...args);
    return [
      git('symbolic-ref', '--quiet', 'HEAD'),
      git('rev-parse', 'HEAD'),
      git('status', '--porcelain'),
      git('diff', 'HEAD'),
      git('ls-files', '-s'),
    ].join();
  }

  async prepare(commit = this.broken): Promise<PreparedFix> {
    const suspect = await findSuspect([this.root], commit, signal);
    const branch = (isTaken: (name: string) => boolean) => (isTaken('aidog/fix') ? 'aidog/fix-2' : 'aidog/fix');
    return prepareWorktree({ repository: suspect.repository, source: createRevertPatch(suspect), branch, dir: this.worktrees }, signal);
  }

  read(fix: PreparedFix, path: string): string | null {
    const file = join(fix.worktree, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  }

  write(fix: PreparedFix, path: string, text: string): void {
    writeFileSync(join(fix.worktree, path), text);
  }

  dispose(): void {
    this.repository.dispose();
    rmSync(this.base, { recursive: true, force: true });
  }
}
