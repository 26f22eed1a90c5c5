import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { buildShopRepository } from '../src/demo/shopRepository';
import type { SuiteResult } from '../test/suiteResult';
import { launchBrowser } from './browser';
import { cacheDir, projectRoot } from './codeServer';
import { startWorkbench } from './workbench';

const outDir = path.join(projectRoot, 'out', 'test', 'host');
const resultsFile = path.join(outDir, 'results.json');
/** Stands for whoever offers language models to VS Code. */
const modelProvider = path.join(projectRoot, 'test', 'host', 'modelProvider');
const deadlineMs = 300_000;

/** Bundles the suite, runs it in a real extension host and exits with its outcome. */
async function main(): Promise<void> {
  rmSync(outDir, { recursive: true, force: true });
  await build({
    entryPoints: [path.join(projectRoot, 'test', 'host', 'index.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    outfile: path.join(outDir, 'index.js'),
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const dir = mkdtempSync(path.join(tmpdir(), 'aidog-host-'));
  try {
    const { root } = await buildShopRepository({
      mediaDir: path.join(projectRoot, 'media'),
      dir: path.join(dir, 'shop'),
      signal: AbortSignal.timeout(60_000),
    });
    const isDone = (await runInElectron(root)) || (await runInCodeServer(root));
    if (!isDone) throw new Error(`The host tests did not finish within ${deadlineMs / 1000} s.`);
    report();
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs in a downloaded VS Code; false where none can be downloaded or there is no display for it. */
async function runInElectron(workspace: string): Promise<boolean> {
  if (process.platform === 'linux' && !process.env.DISPLAY) return false;
  const vscodeExecutablePath = await downloadAndUnzipVSCode({ cachePath: path.join(cacheDir, 'vscode') }).catch((error: unknown) => {
    process.stderr.write(`VS Code cannot be downloaded (${String(error)}); using code-server instead.\n`);
    return null;
  });
  if (vscodeExecutablePath === null) return false;
  await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: [projectRoot, modelProvider],
    extensionTestsPath: path.join(outDir, 'index.js'),
    launchArgs: [workspace, '--disable-workspace-trust', '--disable-extensions'],
  });
  return true;
}

async function runInCodeServer(workspace: string): Promise<boolean> {
  const workbench = await startWorkbench({
    workspace,
    extensionDir: projectRoot,
    otherExtensionDirs: [modelProvider],
    extensionTests: path.join(outDir, 'index.js'),
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    page.on('console', (message) => {
      if (process.env.AIDOG_VERBOSE) process.stderr.write(`${message.text()}\n`);
    });
    await page.goto(workbench.url);
    return await resultsArrive();
  } finally {
    await browser.close();
    await workbench.close();
  }
}

async function resultsArrive(): Promise<boolean> {
  const endsAt = Date.now() + deadlineMs;
  while (Date.now() < endsAt) {
    if (readResults()) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

interface Results extends SuiteResult {
  readonly output: string;
}

function readResults(): Results | null {
  try {
    return JSON.parse(readFileSync(resultsFile, 'utf8')) as Results;
  } catch {
    return null;
  }
}

function report(): void {
  const nothing = { output: '', passed: 0, failed: 1, failures: ['host tests: they left no results'], unsteady: [] };
  const { output, ...result } = readResults() ?? nothing;
  process.stdout.write(output);
  const countsFile = process.env.AIDOG_TEST_COUNTS;
  if (countsFile) writeFileSync(countsFile, JSON.stringify(result));
  process.exitCode = result.failed === 0 ? 0 : 1;
}

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
