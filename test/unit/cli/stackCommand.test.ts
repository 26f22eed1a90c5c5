import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { runCli } from '../../../src/cli/runCli';
import { ScratchRepository } from '../git/scratchRepository';

const PRICING = 'function discount(cart) {\n  return cart.coupon.percent;\n}\n';
const TRACE = [
  "TypeError: Cannot read properties of undefined (reading 'percent')",
  '    at discount (/srv/shop/src/pricing.js:2:22)',
  '    at Layer.handle (/srv/shop/node_modules/express/lib/router/layer.js:95:5)',
  '',
].join('\n');

interface Situation {
  readonly input?: string | readonly Buffer[];
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly isTTY?: boolean;
  readonly signal?: AbortSignal;
}

const never = new AbortController().signal;

async function stack(args: readonly string[], { input = TRACE, cwd = '/', env = {}, isTTY = false, signal = never }: Situation = {}) {
  const written: Record<'out' | 'err', string[]> = { out: [], err: [] };
  const stdout = { isTTY, write: (text: string) => written.out.push(text) };
  const stderr = { isTTY, write: (text: string) => written.err.push(text) };
  const stdin = Object.assign(Readable.from(typeof input === 'string' ? [Buffer.from(input)] : input), { isTTY });
  const code = await runCli(['stack', ...args], { stdout, stderr, stdin, env, cwd, signal });
  return { code, out: written.out.join(''), err: written.err.join('') };
}

describe('aidog stack', () => {
  let scratch: ScratchRepository;
  let deployed: string;

  before(() => {
    scratch = new ScratchRepository();
    scratch.write('src/pricing.js', PRICING);
    deployed = scratch.commit('first');
    scratch.git('tag', 'v1.4.2');
    scratch.write('src/pricing.js', `'use strict';\n\n${PRICING}`);
    scratch.commit('second');
  });
  after(() => scratch.dispose());

  const inShop = (args: readonly string[], situation: Situation = {}) => stack(args, { cwd: scratch.root, ...situation });

  async function firstFrame(args: readonly string[], situation: Situation = {}) {
    const { out } = await inShop([...args, '--json'], situation);
    return JSON.parse(out).traces[0].exceptions[0].frames[0];
  }

  it('says which mapping rules it cannot use, and goes on', async () => {
    scratch.write('.aidog/mappings.json', '[{"stackRoot": 1}, {"stackRoot": "/srv/shop/", "sourceRoot": ""}]');
    try {
      const { code, out, err } = await inShop(['--json']);
      assert.equal(code, 0);
      assert.match(err, /^aidog: Rule 1 in \S+\/\.aidog\/mappings\.json is left out/);
      assert.match(JSON.parse(out).traces[0].exceptions[0].frames[0].workspace.reason, /A rule in \.aidog\/mappings\.json/);
    } finally {
      scratch.remove('.aidog/mappings.json');
    }
  });

  it('prints one JSON object with every trace, exception and frame', async () => {
    const { code, out, err } = await inShop(['--commit', deployed, '--json']);
    assert.deepEqual([code, err], [0, '']);
    const { traces } = JSON.parse(out);
    assert.equal(traces.length, 1);
    assert.equal(traces[0].language, 'javascript');
    const [exception] = traces[0].exceptions;
    assert.deepEqual([exception.type, exception.relation, exception.frames.length], ['TypeError', null, 2]);
    const [own, library] = exception.frames;
    const { function: name, file, line, column, kind } = own;
    assert.deepEqual([name, file, line, column, kind], ['discount', '/srv/shop/src/pricing.js', 2, 22, 'app']);
    assert.deepEqual(Object.keys(own.workspace).sort(), ['line', 'path', 'reason', 'root', 'score', 'status']);
    assert.deepEqual([own.workspace.path, own.workspace.line, own.workspace.status], ['src/pricing.js', 4, 'moved']);
    assert.deepEqual([own.candidates, library.workspace, library.kind], [[], null, 'library']);
  });

  it('prints a report with places that a terminal can open', async () => {
    const { code, out, err } = await inShop(['--commit', deployed]);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^TypeError: Cannot read properties of undefined \(reading 'percent'\)\n/);
    assert.match(out, /discount {6}→ src\/pricing\.js:4 \(moved from 2\)\n/);
    assert.ok(!out.includes('\u001b'));
  });

  it('names files outside of the current folder by their whole path', async () => {
    const { out } = await inShop(['--workspace', scratch.root], { cwd: join(scratch.root, '.git') });
    assert.ok(out.includes(`→ ${join(scratch.root, 'src/pricing.js')}:`), out);
  });

  it('takes a tag, and the version that the text names, for what ran', async () => {
    assert.equal((await firstFrame(['--commit', 'v1.4.2'])).workspace.status, 'moved');
    assert.equal((await firstFrame([], { input: `dd.version=1.4.2 it broke\n${TRACE}` })).workspace.status, 'moved');
  });

  it('says that the commit is not there', async () => {
    const { workspace } = await firstFrame(['--commit', 'f'.repeat(40)]);
    assert.equal(workspace.status, 'unknown');
    assert.match(workspace.reason, /ffffffffffff is not in this repository/);
  });

  it('looks in several folders, which need not be Git repositories', async () => {
    const plain = join(scratch.root, '.git', 'hooks');
    const { workspace } = await firstFrame(['--workspace', plain, '--workspace', '.']);
    assert.equal(workspace.root, scratch.root);
  });

  it('is coloured in a terminal unless NO_COLOR says otherwise', async () => {
    const colours = async (env: Record<string, string>) => (await inShop([], { isTTY: true, env })).out.includes('\u001b[');
    assert.deepEqual([await colours({}), await colours({ NO_COLOR: '1' }), await colours({ TERM: 'dumb' })], [true, false, false]);
  });

  it('tells a person at a terminal what it waits for', async () => {
    assert.match((await inShop([], { isTTY: true })).err, /^Paste a stack trace, then press Ctrl-D/);
  });

  it('ends with 2 and one sentence when there is no stack trace', async () => {
    const { code, out, err } = await inShop([], { input: 'GET /health 200\n' });
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /^aidog: No stack trace was found in the text\.[^\n]+\n$/);
    const empty = await inShop([], { input: ' \n' });
    assert.equal(empty.code, 2);
    assert.match(empty.err, /^aidog: Standard input is empty\.[^\n]+\n$/);
    const json = await inShop(['--json'], { input: 'GET /health 200\n' });
    assert.deepEqual([json.code, JSON.parse(json.out)], [2, { traces: [] }]);
  });

  it('ends with 2 for a workspace that is not there', async () => {
    const { code, err } = await inShop(['--workspace', 'absent']);
    assert.equal(code, 2);
    assert.match(err, /^aidog: There is no folder .+absent\. Check the path\.\n$/);
  });

  it('leaves out what is beyond 16 MB, and says so', async () => {
    const filler = Buffer.alloc(1024 * 1024, 'GET /health 200\n');
    const { code, out, err } = await inShop([], { input: [Buffer.from(TRACE), ...Array(16).fill(filler), Buffer.from(TRACE)] });
    assert.equal(code, 0);
    assert.equal(out.match(/TypeError/g)?.length, 1);
    assert.match(err, /longer than 16 MB/);
  });

  it('ends with 1 and one sentence when called off', async () => {
    const { code, out, err } = await inShop([], { signal: AbortSignal.abort() });
    assert.deepEqual([code, out, err], [1, '', 'aidog: The lookup was cancelled.\n']);
  });
});
