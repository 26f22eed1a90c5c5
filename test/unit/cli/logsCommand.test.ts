import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { runCli } from '../../../src/cli/runCli';

type Input = string | readonly Buffer[] | Readable;

const never = new AbortController().signal;

async function logs(
  args: readonly string[],
  input: Input,
  { isTTY = false, signal = never }: { isTTY?: boolean; signal?: AbortSignal } = {},
) {
  const written: Record<'out' | 'err', string[]> = { out: [], err: [] };
  const stdout = { isTTY, write: (text: string) => written.out.push(text) };
  const stderr = { isTTY, write: (text: string) => written.err.push(text) };
  const stream = input instanceof Readable ? input : Readable.from(typeof input === 'string' ? [Buffer.from(input)] : input);
  const stdin = Object.assign(stream, { isTTY });
  const code = await runCli(['logs', ...args], { stdout, stderr, stdin, env: {}, cwd: '/', signal });
  return { code, out: written.out.join(''), err: written.err.join('') };
}

const json = async (args: readonly string[], input: Input) => JSON.parse((await logs(['--json', ...args], input)).out);

describe('aidog logs --json', () => {
  it('prints one object with the template of each line', async () => {
    const { lines, templates, anomalies, events } = await json([], 'order 1 failed\norder 2 failed\nno space left on device\n');
    assert.deepEqual(lines, [0, 0, 1]);
    assert.deepEqual(
      templates.map(({ id, template, count, example }: Record<string, unknown>) => ({ id, template, count, example })),
      [
        { id: 0, template: 'order <*> failed', count: 2, example: 'order 1 failed' },
        { id: 1, template: 'no space left on device', count: 1, example: 'no space left on device' },
      ],
    );
    assert.deepEqual([anomalies, events.length, events[0].event], [[], 1, 'disk full']);
  });

  it('counts lines as they come: CRLF, a byte-order mark, blank ones, and a last one without an end', async () => {
    assert.deepEqual((await json([], '\ufefforder 1 failed\r\n\r\norder 2 failed\r\n\n\norder 3 failed')).lines, [0, 1, 0, 1, 1, 0]);
  });

  it('reads bytes that are no UTF-8, and characters that are cut by the stream', async () => {
    const snow = Buffer.from('naïve ☃ 1\nnaïve ☃ 2\n');
    const { lines, templates } = await json(
      [],
      [snow.subarray(0, 3), snow.subarray(3, 8), snow.subarray(8), Buffer.from([0xff, 0xfe, 0x41, 0x0a])],
    );
    assert.deepEqual(lines, [0, 0, 1]);
    assert.equal(templates[0].template, 'naïve ☃ <*>');
  });

  it('prints many ids in pieces that make one object', async () => {
    const { lines } = await json([], 'tick\n'.repeat(45_000));
    assert.equal(lines.length, 45_000);
    assert.ok(lines.every((id: number) => id === 0));
  });

  it('prints an empty object for an empty input, and says what to pass', async () => {
    const { code, out, err } = await logs(['--json'], '');
    assert.deepEqual(JSON.parse(out), { lines: [], templates: [], anomalies: [], events: [] });
    assert.equal(code, 2);
    assert.match(err, /^aidog: Standard input is empty. Pass a log, for example: aidog logs < service.log\n$/);
  });

  it('reads a line of five million characters', async () => {
    const { lines } = await json([], `start ${'x'.repeat(5_000_000)}\nend\n`);
    assert.deepEqual(lines, [0, 1]);
  });

  it('waits for a reader that is slow', async () => {
    const pieces: string[] = [];
    const slow = new Writable({
      highWaterMark: 16,
      decodeStrings: false,
      write: (chunk, _encoding, done) => {
        pieces.push(chunk);
        setImmediate().then(() => done());
      },
    });
    const stdin = Object.assign(Readable.from([Buffer.from('tick 1\n'.repeat(50_000))]), { isTTY: false });
    const code = await runCli(['logs', '--json'], {
      stdout: slow,
      stderr: { write: () => assert.fail() },
      stdin,
      env: {},
      cwd: '/',
      signal: never,
    });
    await new Promise<void>((resolve) => slow.end(resolve));
    assert.equal(code, 0);
    assert.equal(JSON.parse(pieces.join('')).lines.length, 50_000);
  });
});

describe('aidog logs', () => {
  const at = (sec: number) => new Date(Date.UTC(2026, 0, 1) + sec * 1000).toISOString();
  const quiet = Array.from({ length: 50 }, (_, sec) => `${at(sec)} INFO shop - order ${sec} paid`);
  const loud = Array.from(
    { length: 50 },
    (_, sec) => `${at(60 + sec)} ERROR shop - dial tcp 10.0.0.${sec}:5432: connect: connection refused`,
  );

  it('tells of what is new, what vanished, key events and the most frequent templates', async () => {
    const { code, out } = await logs(['--quiet-until', '2026-01-01T00:01:00Z'], `${[...quiet, ...loud].join('\n')}\n`);
    assert.equal(code, 0);
    assert.match(out, /^100 lines in 2 templates\n/);
    assert.match(out, /Key events\n {2}connection refused, 50 times, first at 2026-01-01T00:01:00Z: dial tcp/);
    assert.match(out, /New\n {2}new: seen 50 times, never in the quiet stretch: dial tcp <\*>: connect: connection refused/);
    assert.match(out, /Vanished\n {2}vanished: not seen, where about 50 are usual: order <\*> paid/);
    assert.match(out, /Most frequent of 2 templates\n {2}50 {2}order <\*> paid\n {2}50 {2}dial tcp/);
  });

  it('compares with a file', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'aidog-logs-'));
    try {
      const file = path.join(dir, 'quiet.log');
      writeFileSync(file, quiet.join('\n'));
      assert.match((await logs(['--baseline', file], loud.join('\n'))).out, /new: seen 50 times/);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('says when the file to compare with cannot be read', async () => {
    const { code, err } = await logs(['--baseline', '/nowhere/quiet.log'], 'x\n');
    assert.deepEqual([code, err], [2, 'aidog: The log /nowhere/quiet.log cannot be read. Check the path and its permissions.\n']);
  });

  it('lets nothing of a log reach the terminal but text', async () => {
    const { out } = await logs([], '\u001b]0;owned\u0007boom \u202e out of memory \u001b[2J\n');
    for (const hidden of ['\u0007', '\u001b', '\u202e']) assert.ok(!out.includes(hidden));
  });

  it('says what to do at a terminal, and ends in order on Ctrl-C', async () => {
    const controller = new AbortController();
    const endless = new Readable({ read: () => undefined });
    const running = logs([], endless, { isTTY: true, signal: controller.signal });
    endless.push('one\n');
    controller.abort();
    const { code, err } = await running;
    assert.equal(code, 1);
    assert.match(err, /Paste a log, then press Ctrl-D/);
    assert.match(err, /aidog: Reading the log was cancelled.\n$/);
  });
});
