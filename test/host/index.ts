import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { collectResult, type SuiteResult } from '../suiteResult';

/** Called by VS Code inside the extension host. Leaves what was printed, and the outcome, beside this file. */
export async function run(): Promise<void> {
  const lines: string[] = [];
  // The reporter prints; the process that started VS Code cannot see this console.
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => void lines.push(format(...parts));
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false, reporter: 'spec', retries: 1 });
  mocha.suite.emit('pre-require', globalThis, null, mocha);
  require('./suites');
  const result = await new Promise<SuiteResult>((resolve) => {
    const runner = mocha.run(() => resolve(collected()));
    const collected = collectResult(runner);
  });
  const file = path.join(__dirname, 'results.json');
  writeFileSync(`${file}.part`, JSON.stringify({ output: `${lines.join('\n')}\n`, ...result }));
  renameSync(`${file}.part`, file);
  if (result.failed > 0) throw new Error(`${result.failed} host tests failed.`);
}
