import { runCli } from './cli/runCli';

/** The command `aidog`. The first Ctrl-C ends what runs in order, the second at once. */
async function main(): Promise<void> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const { stdout, stderr, env } = process;
  process.exitCode = await runCli(process.argv.slice(2), {
    stdout,
    stderr,
    // Standard input is opened by the command that reads it.
    get stdin() {
      return process.stdin;
    },
    env,
    cwd: process.cwd(),
    signal: controller.signal,
  });
}

// A reader that closes the pipe early, such as `head`, is no failure, and nobody waits for the rest.
for (const output of [process.stdout, process.stderr])
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });

void main();
