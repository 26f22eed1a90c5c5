import { Buffer } from 'node:buffer';
import { GitConstructError, simpleGit } from 'simple-git';
import { cancelled, gitMissing, notAGitRepository } from '../domain/errors';

export interface GitAnswer {
  readonly text: string;
  /** The same as it came. */
  readonly bytes: Buffer;
  /** What Git complained about; for deciding, never for showing. */
  readonly complaint: string;
  /** 0 for success; null when the process was stopped because it said enough. */
  readonly exitCode: number | null;
  readonly isCut: boolean;
}

export interface GitOptions {
  readonly signal: AbortSignal;
  /** What is read of the output at most; more stops the process and keeps what came. */
  readonly maxBytes?: number;
  /** Further settings of this one command, `key=value`. */
  readonly config?: readonly string[];
  /** What the process reads; at least a line end, since without it the process would wait. */
  readonly input?: string;
  /** Variables that the process gets besides the ambient ones; of those that steer Git, only these. */
  readonly env?: Readonly<Record<string, string>>;
}

const MAX_BYTES = 32 * 1024 * 1024;

/** Nothing in a repository's configuration may start a program or change what the output looks like. */
const SAFE_CONFIG = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.quotePath=false',
  'core.untrackedCache=false',
  'color.ui=false',
  'log.showSignature=false',
  'diff.noprefix=false',
  'diff.mnemonicPrefix=false',
  'diff.renameLimit=2000',
  'blame.ignoreRevsFile=',
];

/**
 * Runs one Git command in `dir` without a shell. Arguments must be fixed words, checked commit ids, or paths after `--`.
 * A non-zero exit code is an answer; only a missing Git, a missing folder and an aborted signal reject.
 */
export async function runGit(dir: string, args: readonly string[], options: GitOptions): Promise<GitAnswer> {
  if (options.signal.aborted) throw cancelled();
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  const stop = new AbortController();
  const output = new BoundedOutput(maxBytes, () => stop.abort());
  let exitCode: number | null = null;
  let complaint = '';
  try {
    const git = simpleGit({
      baseDir: dir,
      abort: AbortSignal.any([options.signal, stop.signal]),
      ...(options.input === undefined ? {} : { input: () => options.input || '\n' }),
      config: [...SAFE_CONFIG, ...(options.config ?? [])],
      completion: { onClose: true, onExit: false },
      unsafe: UNSAFE_WORDS,
      allowEnvironment: Object.keys(options.env ?? {}),
      errors: (error, result) => {
        exitCode = result.exitCode;
        complaint = Buffer.concat(result.stdErr).toString('utf8').slice(0, 2_000);
        return isAnswer(result.exitCode) ? undefined : error;
      },
    });
    if (options.env !== undefined) git.env({ ...ambientVariables(), ...options.env });
    git.outputHandler((_command, stdout) => stdout.on('data', (chunk: Buffer) => output.add(chunk)));
    await git.raw(['--no-pager', '--no-optional-locks', '--literal-pathspecs', ...args]);
  } catch (error) {
    rethrowUnlessCut(error, dir, options.signal, output.isCut);
  }
  const bytes = output.bytes();
  return { text: bytes.toString('utf8'), bytes, complaint, exitCode: output.isCut ? null : exitCode, isCut: output.isCut };
}

/** simple-git refuses these words wherever they come from; here they come from this folder, and they take powers away. */
const UNSAFE_WORDS = {
  allowUnsafeFsMonitor: true,
  allowUnsafeHooksPath: true,
  allowUnsafeAskPass: true,
  allowUnsafeSshCommand: true,
  allowUnsafePack: true,
  allowUnsafeProtocolOverride: true,
};

/** What the process inherits; variables that steer Git or name programs for it to start are left out. */
function ambientVariables(): Record<string, string> {
  const steers = /^(?:git_.*|editor|visual|pager|prefix|ssh_askpass)$/i;
  const kept = Object.entries(process.env).filter(([name, value]) => value !== undefined && !steers.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

/** Git ran and ended by itself; simple-git reports its own troubles outside of this range. */
const isAnswer = (exitCode: number) => exitCode > 0 && exitCode < 256;

class BoundedOutput {
  readonly #chunks: Buffer[] = [];
  readonly #maxBytes: number;
  readonly #onFull: () => void;
  #bytes = 0;
  isCut = false;

  constructor(maxBytes: number, onFull: () => void) {
    this.#maxBytes = maxBytes;
    this.#onFull = onFull;
  }

  add(chunk: Buffer): void {
    if (this.isCut) return;
    this.#chunks.push(chunk.subarray(0, this.#maxBytes - this.#bytes));
    this.#bytes += chunk.length;
    if (this.#bytes <= this.#maxBytes) return;
    this.isCut = true;
    this.#onFull();
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

function rethrowUnlessCut(error: unknown, dir: string, signal: AbortSignal, isCut: boolean): void {
  if (signal.aborted) throw cancelled();
  if (isCut) return;
  if (error instanceof GitConstructError) throw notAGitRepository(dir, error);
  if (String(error).includes('ENOENT')) throw gitMissing(error);
  throw error;
}
