import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { cacheDir } from './codeServer';

const installed = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Chromium: an installed one, else Playwright's download, else Debian's package when allowed to install it. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findInstalled() ?? downloadChromium() ?? installDebianChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

const findInstalled = () => installed.find((file) => file !== undefined && existsSync(file)) ?? null;

function downloadChromium(): string | null {
  process.env.PLAYWRIGHT_BROWSERS_PATH ??= path.join(cacheDir, 'browsers');
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  const cli = path.join(path.dirname(require.resolve('playwright-core')), 'cli.js');
  return attempt(process.execPath, [cli, 'install', 'chromium']) ? chromium.executablePath() : null;
}

function installDebianChromium(): string {
  const isDebianRoot = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (
    isDebianRoot &&
    attempt('apt-get', ['update']) &&
    attempt('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'])
  ) {
    return '/usr/bin/chromium';
  }
  throw new Error('No Chromium was found and none could be downloaded. Install Chromium or Chrome, or set CHROME_PATH to one.');
}

function attempt(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 300_000 });
    return true;
  } catch (error) {
    process.stderr.write(`${command} ${args.join(' ')} failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}\n`);
    return false;
  }
}
