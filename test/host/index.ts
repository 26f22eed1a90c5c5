import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/** Called by VS Code inside the extension host. Leaves what was printed, and the outcome, beside this file. */
export async function run(): Promise<void> {
  const lines: string[] = [];
  // The reporter prints; the process that started VS Code cannot see this console.
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => void lines.push(format(...parts));
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false, reporter: 'spec' });
  mocha.suite.emit('pre-require', globalThis, null, mocha);
  require('./suites');
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
  });
  const counts = { passed: stats?.passes ?? 0, failed: stats ? stats.failures + stats.pending : 1 };
  const file = path.join(__dirname, 'results.json');
  writeFileSync(`${file}.part`, JSON.stringify({ output: `${lines.join('\n')}\n`, ...counts }));
  renameSync(`${file}.part`, file);
  if (counts.failed > 0) throw new Error(`${counts.failed} host tests failed.`);
}
