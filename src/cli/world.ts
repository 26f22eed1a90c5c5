import type { Readable } from 'node:stream';

/** What a command may touch of the process it runs in. */
export interface World {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Fires with the first Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface Output {
  readonly isTTY?: boolean;
  /** Width of the terminal in characters; absent in a pipe. */
  readonly columns?: number;
  write(text: string): unknown;
}
