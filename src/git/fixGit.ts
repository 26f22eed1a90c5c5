import { Buffer } from 'node:buffer';
import { GitConstructError, simpleGit } from 'simple-git';
import { cancelled, gitMissing } from '../domain/errors';
import { fixFolderGone } from '../domain/fixErrors';

/** What a Git command that may write said. */
export interface GitResult {
  readonly exitCode: number;
  readonly stdout: string;
  /** What Git, and the hooks that it ran, printed for a person. */
  readonly complaint: string;
}

export interface FixGitOptions {
  readonly signal: AbortSignal;
  /** Additional settings for this command, as `name=value`. */
  readonly config?: readonly string[];
}

const MAX_COMPLAINT_CHARS = 20_000;

/** What a person may have set for Git in the environment; the rest of `GIT_…` could lead it into another repository. */
const KEPT = [
  ...['GIT_AUTHOR_NAME', 'GIT_AUTHOR_EMAIL', 'GIT_COMMITTER_NAME', 'GIT_COMMITTER_EMAIL'],
  ...['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM', 'GIT_SSH', 'GIT_SSH_COMMAND', 'SSH_ASKPASS', 'GIT_ASKPASS'],
];

/** Set by this module: nothing waits for an answer in a terminal that nobody sees, and messages can be told apart. */
const FIXED = { GIT_TERMINAL_PROMPT: '0', LANGUAGE: 'en' };

/** Guarded by simple-git because each can start a program. */
const GUARDED = ['editor', 'visual', 'pager', 'prefix', 'ssh_askpass'];

const CONFIG = ['core.quotePath=false', 'color.ui=false', 'user.useConfigOnly=true', 'advice.detachedHead=false', 'core.fsmonitor=false'];

/**
 * Runs one Git command of a fix in `dir`, without a shell, a pager or a question. Unlike the commands that read for an
 * investigation, these run the hooks and filters of the repository and take the person's identity and credentials.
 * Arguments must be fixed words, checked names, or paths after `--`. A non-zero exit code is an answer.
 */
export async function runFixGit(dir: string, args: readonly string[], { signal, config = [] }: FixGitOptions): Promise<GitResult> {
  if (signal.aborted) throw cancelled();
  let exitCode = 0;
  let complaint = '';
  const stdout: Buffer[] = [];
  try {
    const git = simpleGit({
      baseDir: dir,
      abort: signal,
      config: [...CONFIG, ...config],
      completion: { onClose: true, onExit: false },
      allowEnvironment: [...KEPT, ...Object.keys(FIXED)],
      unsafe: {
        allowUnsafeFsMonitor: true,
        allowUnsafeHooksPath: true,
        allowUnsafeSshCommand: true,
        allowUnsafeAskPass: true,
        allowUnsafeConfigPaths: true,
      },
      errors: (error, result) => {
        exitCode = result.exitCode;
        complaint = Buffer.concat(result.stdErr).toString('utf8').slice(0, MAX_COMPLAINT_CHARS);
        return isAnswer(exitCode) ? undefined : error;
      },
    }).env(environment());
    git.outputHandler((_command, output) => output.on('data', (chunk: Buffer) => stdout.push(chunk)));
    await unlessAborted(git.raw(['--no-pager', '--literal-pathspecs', ...args]), signal);
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (error instanceof GitConstructError) throw fixFolderGone(dir, error);
    if (String(error).includes('ENOENT')) throw gitMissing(error);
    throw error;
  }
  return { exitCode, stdout: Buffer.concat(stdout).toString('utf8'), complaint };
}

/** Git ends at once when it is called off; what a hook has started may not, and nobody waits for that. */
async function unlessAborted(work: PromiseLike<unknown>, signal: AbortSignal): Promise<void> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(cancelled());
  });
  signal.addEventListener('abort', onAbort);
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Git ran and ended by itself; simple-git reports its own troubles outside of this range. */
const isAnswer = (exitCode: number) => exitCode >= 0 && exitCode < 256;

function environment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name, value]) => value !== undefined && isKept(name));
  return { ...(Object.fromEntries(kept) as Record<string, string>), ...FIXED };
}

function isKept(name: string): boolean {
  const isGuarded = /^GIT_/i.test(name) || GUARDED.includes(name.toLowerCase());
  return !isGuarded || KEPT.includes(name.toUpperCase());
}
