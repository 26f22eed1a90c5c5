import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { runCli } from '../../../src/cli/runCli';
import type { SetupCheck } from '../../../src/domain/setupCheck';
import { apiRoutes } from '../../../src/sandbox/api/apiRoutes';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server';
import { ScratchRepository } from '../git/scratchRepository';

const keys = { DD_API_KEY: 'canary-api-key', DD_APP_KEY: 'canary-app-key' };

async function doctor(args: readonly string[], cwd: string, env: Record<string, string> = {}, signal = new AbortController().signal) {
  const written: Record<'out' | 'err', string[]> = { out: [], err: [] };
  const stdout = { write: (text: string) => written.out.push(text) };
  const stderr = { write: (text: string) => written.err.push(text) };
  const code = await runCli(['doctor', ...args], { stdout, stderr, stdin: Readable.from([]), env, cwd, signal });
  return { code, out: written.out.join(''), err: written.err.join('') };
}

describe('aidog doctor', () => {
  let scratch: ScratchRepository;
  let sandbox: Sandbox;

  before(async () => {
    scratch = new ScratchRepository();
    scratch.write('compose.yaml', 'services:\n  shop:\n    environment:\n      DD_SITE: datadoghq.eu\n');
    scratch.commit('first');
    sandbox = await startSandbox({ routes: apiRoutes });
  });
  after(async () => {
    await sandbox.close();
    scratch.dispose();
  });

  const statuses = (out: string) =>
    Object.fromEntries((JSON.parse(out) as { checks: SetupCheck[] }).checks.map(({ id, status }) => [id, status]));

  it('says first of all that keys are missing, and which site the files name', async () => {
    const { code, out } = await doctor([], scratch.root);
    assert.equal(code, 0);
    assert.match(out, /^PROBLEM {2}Datadog keys: No Datadog keys are stored\.\n {9}→ Set DD_API_KEY and DD_APP_KEY\.\n/);
    assert.match(out, /compose\.yaml names the site datadoghq\.eu/);
  });

  it('prints one JSON object with every check', async () => {
    const { out } = await doctor(['--json', '--base-url', sandbox.url], scratch.root, keys);
    assert.deepEqual(statuses(out), {
      keys: 'ok',
      site: 'warning',
      permissions: 'ok',
      timeRange: 'problem',
      sampling: 'unknown',
      gitTags: 'unknown',
      codeOrigin: 'unknown',
      repository: 'ok',
      serviceLink: 'unknown',
      commit: 'unknown',
    });
  });

  it('takes the site of the option before that of the environment', async () => {
    const { out } = await doctor(['--json', '--base-url', sandbox.url, '--site', 'datadoghq.eu'], scratch.root, keys);
    assert.equal(statuses(out).site, 'ok');
  });

  it('says that a folder is no repository, and goes on', async () => {
    const { code, out } = await doctor(['--json', '--workspace', '/'], scratch.root);
    assert.deepEqual([code, statuses(out).repository], [0, 'problem']);
  });

  it('prints no key', async () => {
    const { out, err } = await doctor(['--base-url', 'http://127.0.0.1:1'], scratch.root, keys);
    assert.match(out, /cannot be reached/);
    assert.doesNotMatch(out + err, /canary/);
  });

  it('ends when it is called off', async () => {
    const { code, out } = await doctor([], scratch.root, keys, AbortSignal.abort());
    assert.deepEqual([code, out], [1, '']);
  });
});
