import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { SuiteResult } from '../test/suiteResult';
import { projectRoot } from './codeServer';

interface Suite {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const suites: readonly Suite[] = [
  { name: 'unit and contract tests', command: 'mocha', args: [] },
  { name: 'host tests, inside VS Code', command: 'tsx', args: ['scripts/hostTests.ts'] },
  { name: 'end-to-end tests, in the workbench', command: 'mocha', args: ['--config', 'test/e2e/.mocharc.json'] },
];

/** Runs what has no counts of its own: fails as a whole or not at all. */
function mustPass(script: string): void {
  process.stdout.write(`\n── npm run ${script}\n`);
  const { status } = spawnSync('npm', ['run', '--silent', script], {
    cwd: projectRoot,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** A suite that ends without leaving counts has failed once, whatever its exit code. */
function run(suite: Suite): SuiteResult {
  process.stdout.write(`\n── ${suite.name}\n`);
  const file = path.join(projectRoot, 'out', 'test-counts.json');
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const env = { ...process.env, AIDOG_TEST_COUNTS: file };
  const { status } = spawnSync(suite.command, suite.args, { cwd: projectRoot, stdio: 'inherit', env, shell: process.platform === 'win32' });
  const result = readResult(file) ?? { passed: 0, failed: 0, failures: [], unsteady: [] };
  if (status === 0 || result.failed > 0) return result;
  return { ...result, failed: 1, failures: [`${suite.name}: ended with status ${status ?? 'none'} and no failed test`] };
}

function readResult(file: string): SuiteResult | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as SuiteResult;
  } catch {
    return null;
  }
}

mustPass('check');
mustPass('build');
const results = suites.map(run);
const sum = (count: (result: SuiteResult) => number) => results.reduce((total, result) => total + count(result), 0);
const failed = sum((result) => result.failed);
process.stdout.write('\n');
for (const line of results.flatMap(({ unsteady }) => unsteady)) process.stdout.write(`passed at the second try: ${line}\n`);
for (const line of results.flatMap(({ failures }) => failures)) process.stdout.write(`failed: ${line}\n`);
process.stdout.write(`${sum((result) => result.passed)} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
