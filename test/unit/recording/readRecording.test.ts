import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { AppError } from '../../../src/domain/errors';
import { readRecording } from '../../../src/recording/readRecording';

const HEAD = {
  id: 'case',
  now: '2026-06-20T14:04:00Z',
  start: '2026-06-20T11:00:00+00:00',
  end: '2026-06-20T14:00:00Z',
  alert: { title: 'Slow', fired_at: '2026-06-20T13:53:00Z', statistic: 'average' },
  services: ['checkout'],
};

describe('reading a recording', () => {
  let dir: string;
  const put = (file: string, content: unknown) =>
    writeFile(join(dir, file), typeof content === 'string' ? content : JSON.stringify(content));
  const refusal = (message: RegExp) => (error: unknown) =>
    error instanceof AppError && error.kind === 'bad_input' && message.test(error.message);

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'recording-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('needs recording.json only', async () => {
    await put('recording.json', HEAD);
    const recording = await readRecording(dir);
    assert.equal(recording.id, 'case');
    assert.equal(recording.nowMs, Date.parse('2026-06-20T14:04:00Z'));
    assert.deepEqual(recording.alert, {
      title: 'Slow',
      service: null,
      metric: null,
      threshold: null,
      observed: null,
      severity: 'unknown',
      firedAtMs: Date.parse('2026-06-20T13:53:00Z'),
      monitorId: null,
      summary: '',
    });
    assert.deepEqual(recording.alertDetails, { statistic: 'average' });
    assert.deepEqual([recording.logs, recording.monitors, recording.dependencies, recording.problems], [[], [], null, []]);
  });

  it('says what to mend when the folder is none, or recording.json is missing, broken or wrong', async () => {
    await assert.rejects(readRecording(join(dir, 'nowhere')), refusal(/has no recording\.json; name the folder/));
    await assert.rejects(readRecording(dir), refusal(/has no recording\.json/));
    await put('recording.json', '{"id": ');
    await assert.rejects(readRecording(dir), refusal(/recording\.json is not valid JSON .*; mend it\.$/));
    await put('recording.json', { ...HEAD, now: 'yesterday' });
    await assert.rejects(readRecording(dir), refusal(/in recording\.json, now: is not a time in ISO 8601.*; mend it\.$/));
    await put('recording.json', { ...HEAD, alert: { title: 'Slow' } });
    await assert.rejects(readRecording(dir), refusal(/alert\.fired_at/));
    await put('recording.json', { ...HEAD, start: '2027-01-01T00:00:00Z' });
    await assert.rejects(readRecording(dir), refusal(/start is later than end/));
    await put('recording.json', '"text"');
    await assert.rejects(readRecording(dir), refusal(/in recording\.json/));
  });

  it('reports a malformed line with file and number and uses the rest', async () => {
    const log = {
      timestamp: '2026-06-20T12:00:00Z',
      service: 'checkout',
      status: 'warning',
      host: null,
      message: 'm',
      attributes: {},
      tags: [],
    };
    await put('recording.json', HEAD);
    await put('logs.ndjson', `${JSON.stringify(log)}\n{"oops\n\n${JSON.stringify({ ...log, timestamp: 5 })}\n${JSON.stringify(log)}`);
    await put('changes.ndjson', '{"timestamp":"2026-06-20T12:00:00Z","kind":"holiday","title":"x"}\n[]');
    await put('monitors.json', [{ name: 'without id' }]);
    const { logs, changes, monitors, problems } = await readRecording(dir);
    assert.deepEqual(
      logs.map(({ status }) => status),
      ['warn', 'warn'],
    );
    assert.deepEqual(
      changes.map(({ kind }) => kind),
      ['other'],
    );
    assert.deepEqual(monitors, []);
    assert.equal(problems.length, 4);
    assert.ok(problems.includes('logs.ndjson line 2: is not valid JSON'));
    assert.ok(problems.some((problem) => problem.startsWith('logs.ndjson line 4: timestamp: is not a time')));
    assert.ok(problems.some((problem) => problem.startsWith('changes.ndjson line 2: ')));
    assert.ok(problems.some((problem) => problem.startsWith('monitors.json: 0.id: ')));
  });

  it('goes on without a file that cannot be opened, and says why', async () => {
    await put('recording.json', HEAD);
    await mkdir(join(dir, 'logs.ndjson'));
    await mkdir(join(dir, 'monitors.json'));
    const { id, logs, monitors, problems } = await readRecording(dir);
    assert.deepEqual([id, logs, monitors], ['case', [], []]);
    assert.deepEqual(problems.toSorted(), ['logs.ndjson: is a folder, not a file', 'monitors.json: is a folder, not a file']);
  });

  it('says what stands in the way of recording.json', async () => {
    await mkdir(join(dir, 'recording.json'));
    await assert.rejects(readRecording(dir), refusal(/recording\.json is a folder, not a file; mend it\.$/));
  });

  it('takes no offence at empty files and byte order marks', async () => {
    const bom = '\uFEFF';
    await put('recording.json', `${bom}${JSON.stringify(HEAD)}`);
    await put('spans.ndjson', '');
    await put('changes.ndjson', `${bom}{"timestamp":"2026-06-20T12:00:00Z","kind":"config","title":"x"}`);
    const { spans, changes, problems } = await readRecording(dir);
    assert.deepEqual([spans.length, changes.length, problems], [0, 1, []]);
  });

  it('keeps fields that the format does not know', async () => {
    await put('recording.json', HEAD);
    await put('monitors.json', [{ id: 1, query: 'q', draft_status: 'draft' }]);
    await put('logs.ndjson', { timestamp: HEAD.now, service: 's', status: 'info', message: 'm', attributes: { a: 1 }, source: 'nginx' });
    await put('commits.ndjson', { sha: 'abcdef1', author: 'a', timestamp: HEAD.now, message: 'm', diff: null, branch: 'main' });
    const { monitors, logs, commits } = await readRecording(dir);
    assert.equal(monitors[0]?.draft_status, 'draft');
    assert.deepEqual(logs[0]?.attributes, { source: 'nginx', a: 1 });
    assert.equal((commits[0] as unknown as { branch: string }).branch, 'main');
    assert.equal(commits[0]?.diff, '');
  });

  it('reads spans exactly and text that is no number as parent as it is', async () => {
    await put('recording.json', HEAD);
    const span = {
      trace_id: 'ab',
      span_id: 'c1',
      parent_id: null,
      service: 's',
      name: 'n',
      resource: 'r',
      type: 'web',
      duration: 5_010_000,
    };
    await put(
      'spans.ndjson',
      `${JSON.stringify({ ...span, start: '1781963430123456789', error: 1 })}\n${JSON.stringify({ ...span, start: 5 })}`,
    );
    const { spans, problems } = await readRecording(dir);
    assert.equal(spans[0]?.startMs, 1781963430123.456);
    assert.deepEqual([spans[0]?.durationMs, spans[0]?.isError, spans[0]?.meta], [5.01, true, {}]);
    assert.match(problems[0] ?? '', /^spans\.ndjson line 2: start: /);
  });

  it('takes NaN in a series for no data and puts points in order', async () => {
    await put('recording.json', HEAD);
    await put('metrics.ndjson', '{"metric":"m","tags":[],"unit":null,"interval":60,"points":[[120,1],[60, NaN],[180,-Infinity]]}');
    const { series, problems } = await readRecording(dir);
    assert.deepEqual(problems, []);
    assert.deepEqual(series[0]?.points, [
      [60, null],
      [120, 1],
      [180, null],
    ]);
  });

  it('survives lines of any kind', async () => {
    await put('recording.json', HEAD);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.string(), fc.json()), { maxLength: 5 }), async (lines) => {
        for (const file of ['metrics', 'logs', 'spans', 'changes', 'commits']) await put(`${file}.ndjson`, lines.join('\n'));
        const { problems, logs, spans } = await readRecording(dir);
        assert.ok(problems.every((problem) => /^\w+\.ndjson line \d+: /.test(problem)));
        assert.deepEqual([logs, spans], [[], []]);
      }),
      { numRuns: 30 },
    );
  });

  it('puts lines together that are longer than what it reads at once', async () => {
    await put('recording.json', HEAD);
    const messages = [1, 70_000, 10, 200_000, 3].map((length, at) => `${at}${'ä€😀'.repeat(length)}`);
    const logs = messages.map((message) => JSON.stringify({ timestamp: HEAD.now, service: 's', status: 'info', message }));
    await put('logs.ndjson', logs.join('\n'));
    const read = await readRecording(dir);
    assert.deepEqual(read.problems, []);
    assert.ok(read.logs.every(({ message }, at) => message === messages[at]));
    assert.equal(read.logs.length, messages.length);
  });

  it('hands series over one by one to whoever takes them, and keeps none then', async () => {
    await put('recording.json', HEAD);
    const line = (metric: string) => JSON.stringify({ metric, tags: [], unit: null, interval: 60, points: [[60, 1]] });
    await put('metrics.ndjson', `${line('a')}\n${'{"metric":"bad","interval":60,"points":[[60,"x"]]}'}\n${line('b')}`);
    const taken: string[] = [];
    const { series, problems } = await readRecording(dir, ({ metric }) => taken.push(metric));
    assert.deepEqual([taken, series], [['a', 'b'], []]);
    assert.deepEqual(problems, ['metrics.ndjson line 2: points: is not a list of [epoch seconds, value or null]']);
  });
});
