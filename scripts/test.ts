import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './codeServer';

interface Counts {
  passed: number;
  failed: number;
}

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
function run(suite: Suite): Counts {
  process.stdout.write(`\n── ${suite.name}\n`);
  const file = path.join(projectRoot, 'out', 'test-counts.json');
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const env = { ...process.env, AIDOG_TEST_COUNTS: file };
  const { status } = spawnSync(suite.command, suite.args, { cwd: projectRoot, stdio: 'inherit', env, shell: process.platform === 'win32' });
  const counts = readCounts(file);
  return status === 0 || counts.failed > 0 ? counts : { passed: counts.passed, failed: counts.failed + 1 };
}

function readCounts(file: string): Counts {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Counts;
  } catch {
    return { passed: 0, failed: 1 };
  }
}

mustPass('check');
mustPass('build');
const total = suites.map(run).reduce((sum, counts) => ({ passed: sum.passed + counts.passed, failed: sum.failed + counts.failed }));
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
