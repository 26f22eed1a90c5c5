import { execFile } from 'node:child_process';
import { AppError, gitMissing } from '../domain/errors';

export interface GitOptions {
  readonly cwd: string;
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
}

const maxBufferBytes = 64 * 1024 * 1024;

/**
 * Runs git without the user's and the machine's configuration and hooks, so that it does the same everywhere, and returns
 * what it printed. Rejects with an `AppError` when git is missing or fails, with the signal's reason when aborted.
 */
export function runGit(args: readonly string[], options: GitOptions): Promise<Buffer> {
  const settings = ['-c', 'core.autocrlf=false', '-c', 'core.hooksPath=/dev/null', '-c', 'commit.gpgSign=false', '-c', 'gc.auto=0'];
  const env = { ...cleanEnvironment(), ...options.env };
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      [...settings, ...args],
      { cwd: options.cwd, env, encoding: 'buffer', maxBuffer: maxBufferBytes, signal: options.signal },
      (error, stdout, stderr) => {
        if (!error) return resolve(stdout);
        if (options.signal?.aborted) return reject(options.signal.reason);
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return reject(gitMissing(error));
        const reason = stderr.toString('utf8').trim().split('\n').at(-1) ?? '';
        reject(new AppError('workspace', `git ${args[0]} failed: ${reason || error.message}`, { cause: error }));
      },
    );
  });
}

/** The process's environment less everything that points git elsewhere, as it is set while a hook runs. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return { ...Object.fromEntries(kept), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
}
