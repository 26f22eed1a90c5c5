import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { version } from '../../../package.json';
import { runCli } from '../../../src/cli/runCli';
import { type Answer, type ScriptedServer, sendJson, startScriptedServer } from '../../fakes/scriptedServer';
import { GUILTY_COMMIT, writeSmallRecording } from '../../fixtures/smallRecording';

const keys = { DD_API_KEY: 'a', DD_APP_KEY: 'b' };

describe('the command line', () => {
  let folder: string;
  let recording: string;
  const servers: ScriptedServer[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aidog-cli-'));
    recording = await writeSmallRecording();
  });
  after(async () => {
    for (const dir of [folder, recording]) await rm(dir, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  interface Situation {
    readonly env?: Record<string, string>;
    readonly signal?: AbortSignal;
    readonly isTTY?: boolean;
    readonly onOutput?: (text: string) => void;
    readonly onProgress?: (text: string) => void;
  }

  async function aidog(
    args: readonly string[],
    { env = {}, signal = new AbortController().signal, isTTY = false, onOutput, onProgress }: Situation = {},
  ) {
    const written = { out: '', err: '' };
    const stdout = {
      write(text: string) {
        written.out += text;
        onOutput?.(text);
      },
    };
    const stderr = {
      isTTY,
      write(text: string) {
        written.err += text;
        onProgress?.(text);
      },
    };
    const code = await runCli(args, { stdout, stderr, stdin: Readable.from([]), env, cwd: folder, signal });
    return { code, ...written };
  }

  async function serverThat(answer: Answer): Promise<string> {
    const server = await startScriptedServer(answer);
    servers.push(server);
    return server.url;
  }

  /** A failure is told in exactly one line on stderr, and nothing is printed. */
  function assertRefused(result: { code: number; out: string; err: string }, code: number, sentence: RegExp): void {
    assert.match(result.err, sentence);
    assert.match(result.err, /^aidog: [^\n]+\n$/);
    assert.deepEqual([result.code, result.out], [code, '']);
  }

  it('prints help and version', async () => {
    const help = await aidog(['--help']);
    assert.equal(help.code, 0);
    for (const word of ['investigate', 'stack', 'sandbox', '--recording', '--monitor', '--service', '--workspace', '--json', 'DD_API_KEY'])
      assert.ok(help.out.includes(word), word);
    assert.deepEqual(await aidog(['--version']), { code: 0, out: `${version}\n`, err: '' });
  });

  it('ends with 2 and one line for bad arguments', async () => {
    assertRefused(await aidog(['investigate']), 2, /exactly one of/);
    assertRefused(await aidog(['explode', '\u001b[2J\nx']), 2, /no command "explode"/);
  });

  describe('investigate --recording', () => {
    it('prints exactly one JSON object with --json, and nothing else', async () => {
      const { code, out, err } = await aidog(['investigate', '--recording', recording, '--json']);
      assert.deepEqual([code, err], [0, '']);
      const found = JSON.parse(out);
      assert.equal(found.schema, 1);
      const fields = ['incident', 'verdict', 'hypotheses', 'culprits', 'suspectCommits', 'rootCauseCommit', 'evidence', 'forecasts'];
      for (const field of [...fields, 'steps', 'recommendations', 'actions', 'trace', 'usage']) assert.ok(field in found, field);
      assert.equal(found.suspectCommits[0].sha, GUILTY_COMMIT);
    });

    it('prints a report that a person can read, without progress where nobody watches', async () => {
      const { code, out, err } = await aidog(['investigate', '--recording', recording]);
      assert.deepEqual([code, err], [0, '']);
      assert.match(out, /^Errors in checkout\n/);
      assert.match(out, /src\/total\.js:3/);
      assert.match(out, new RegExp(GUILTY_COMMIT.slice(0, 7)));
    });

    it('tells a person at a terminal of its progress', async () => {
      const { err } = await aidog(['investigate', '--recording', recording], { isTTY: true });
      assert.deepEqual(err.match(/^✓ \w+/gm), ['✓ gather', '✓ perceive', '✓ diagnose', '✓ guide', '✓ recommend']);
    });

    it('takes a folder relative to where it is run', async () => {
      await writeFile(join(folder, 'recording.json'), 'not json');
      assertRefused(await aidog(['investigate', '--recording', '.']), 2, /recording\.json is not valid JSON/);
    });

    it('ends with 2 and one line for a recording that cannot be read', async () => {
      assertRefused(await aidog(['investigate', '--recording', join(folder, 'absent')]), 2, /has no recording\.json/);
      const dir = await mkdtemp(join(folder, 'broken-'));
      await writeFile(join(dir, 'recording.json'), JSON.stringify({ id: 'x', now: 'yesterday' }));
      assertRefused(await aidog(['investigate', '--recording', dir]), 2, /in recording\.json, .+; mend it/);
    });

    it('names the workspace that is no Git repository and goes on', async () => {
      const { code, out } = await aidog(['investigate', '--recording', recording, '--workspace', '.']);
      assert.equal(code, 0);
      assert.match(out, /Could not be looked at\n {2}- .+ is not a Git repository/);
    });

    it('ends with 1 and one line when called off', async () => {
      assertRefused(await aidog(['investigate', '--recording', recording], { signal: AbortSignal.abort() }), 1, /cancelled/);
    });

    it('prints what it had found by the time it was called off', async () => {
      const callOff = async (...options: string[]) => {
        const controller = new AbortController();
        const onProgress = (text: string) => void (text.startsWith('✓ perceive') && controller.abort());
        return aidog(['investigate', '--recording', recording, ...options], { signal: controller.signal, isTTY: true, onProgress });
      };
      const report = await callOff();
      assert.equal(report.code, 1);
      assert.match(report.err, /\naidog: The investigation was cancelled; what was found so far is kept\.\n$/);
      assert.match(report.out, /^Found before it ended\n {2}E1 /);
      const json = await callOff('--json');
      assert.equal(json.code, 1);
      const found = JSON.parse(json.out);
      assert.equal(found.schema, 1);
      assert.ok(found.evidence.length > 0);
      assert.equal(found.verdict, undefined, 'what was not decided is not there');
    });
  });

  describe('investigate on a Datadog account', () => {
    const target = ['investigate', '--monitor', '42', '--base-url'];

    it('says where to put keys when there are none', async () => {
      assertRefused(await aidog(['investigate', '--monitor', '42']), 1, /set DD_API_KEY and DD_APP_KEY/);
    });

    it('says that the keys are wrong', async () => {
      const url = await serverThat((response) => sendJson(response, { errors: ['Forbidden'] }, 403));
      assertRefused(await aidog([...target, url], { env: keys }), 1, /does not accept these keys/);
    });

    it('says that the monitor does not exist', async () => {
      const url = await serverThat((response) => sendJson(response, { errors: ['Monitor not found'] }, 404));
      assertRefused(await aidog([...target, url], { env: keys }), 1, /no monitor 42/);
    });

    it('names the host that cannot be reached', async () => {
      const url = await serverThat(() => {});
      await servers.pop()?.close();
      assertRefused(await aidog([...target, url], { env: keys }), 1, /127\.0\.0\.1:\d+\) cannot be reached/);
    });

    it('uses the keys from the environment and the site that is asked for', async () => {
      const url = await serverThat((response, { headers }) =>
        sendJson(response, { errors: [`${headers['dd-api-key']} ${headers['dd-application-key']}`] }, 401),
      );
      const result = await aidog([...target, url, '--site', 'datadoghq.eu'], { env: keys });
      assertRefused(result, 1, /Datadog \(datadoghq\.eu\) does not accept/);
      const [request] = servers[0]!.requests;
      assert.deepEqual([request?.headers['dd-api-key'], request?.headers['dd-application-key']], ['a', 'b']);
    });
  });

  describe('sandbox', () => {
    /** Runs it until it has told its address; gives what it printed and what `visit` found there. */
    async function visited<T>(args: readonly string[], visit: (url: string) => Promise<T>) {
      const controller = new AbortController();
      let found: Promise<T> | undefined;
      const onOutput = (text: string) => {
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
        assert.ok(url, text);
        found = visit(url).finally(() => controller.abort());
      };
      const result = await aidog(['sandbox', '--port', '0', ...args], { signal: controller.signal, onOutput });
      return { ...result, found: await found };
    }

    const monitorsAt = async (url: string) => {
      const headers = { 'dd-api-key': 'any', 'dd-application-key': 'any' };
      return (await fetch(`${url}/api/v1/validate`, { headers })).status;
    };

    it('tells its address and what to set, answers the API, and ends when asked', async () => {
      const { code, out, err, found } = await visited(['--statsd-port', '0'], monitorsAt);
      assert.deepEqual([code, err, found], [0, '', 200]);
      assert.match(out, /DD_TRACE_AGENT_URL=http:\/\/127\.0\.0\.1:\d+\n {2}export DD_DOGSTATSD_PORT=\d+/);
      assert.match(out, /DD_API_KEY=\w+ DD_APP_KEY=\w+/);
    });

    it('answers from a recording, with its time standing still or moved to the present', async () => {
      const newest = async (url: string) => {
        const filter = { query: 'service:checkout', from: '2020-01-01T00:00:00Z', to: 'now' };
        const body = JSON.stringify({ data: { type: 'search_request', attributes: { filter, sort: '-timestamp', page: { limit: 1 } } } });
        const headers = { 'dd-api-key': 'any', 'dd-application-key': 'any', 'content-type': 'application/json' };
        const answer = await fetch(`${url}/api/v2/spans/events/search`, { method: 'POST', headers, body });
        const { data } = (await answer.json()) as { data: { attributes: { start_timestamp: string } }[] };
        return data[0]!.attributes.start_timestamp;
      };
      const still = await visited(['--recording', recording], newest);
      assert.match(still.out, /answers from the recording small/);
      assert.match(still.found ?? '', /^2026-06-20T13:49:50/);
      const shifted = await visited(['--recording', recording, '--shift'], newest);
      assert.ok(Math.abs(Date.parse(shifted.found ?? '') - Date.now()) < 60_000, shifted.found);
    });

    it('ends with 2 when the port is taken, and for a recording that cannot be read', async () => {
      const url = await serverThat(() => {});
      const { port } = new URL(url);
      assertRefused(await aidog(['sandbox', '--port', port]), 2, new RegExp(`Port ${port} is in use\\. Choose another one with --port,`));
      const socket = createSocket('udp4');
      await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
      const udpPort = socket.address().port;
      const refused = await aidog(['sandbox', '--port', '0', '--statsd-port', String(udpPort)]);
      socket.close();
      assertRefused(refused, 2, new RegExp(`Port ${udpPort} is in use\\. Choose another one with --statsd-port,`));
      assertRefused(await aidog(['sandbox', '--recording', join(folder, 'absent')]), 2, /has no recording\.json/);
    });
  });
});
