import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AnalysisOptions, LogAnalyser } from '../../../../src/signals/logs/logAnalyser';

function analysed(lines: readonly string[], options: Partial<AnalysisOptions> = {}, quiet: readonly string[] = []) {
  const analyser = new LogAnalyser({ nowMs: Date.UTC(2026, 11, 31), ...options });
  for (const line of quiet) analyser.addQuiet(line);
  for (const line of lines) analyser.add(line);
  const report = analyser.finish();
  return { ...report, lines: [...report.lines] };
}

const START_MS = Date.UTC(2026, 0, 1);
const at = (sec: number, rest: string) => `${new Date(START_MS + sec * 1000).toISOString()} ${rest}`;

describe('LogAnalyser', () => {
  it('gives every line of input an id, blank ones and the frames of a stack trace too', () => {
    const { lines, templates, lineCount } = analysed([
      'order 1 failed',
      '',
      'TypeError: x',
      '    at buy (/srv/a.js:1:2)',
      'order 2 failed',
      '   ',
    ]);
    assert.deepEqual(lines, [0, 1, 2, 2, 0, 1]);
    assert.equal(lineCount, 6);
    assert.deepEqual(
      templates.map(({ template, count }) => [template, count]),
      [
        ['order <*> failed', 2],
        ['', 2],
        ['TypeError: x', 1],
      ],
    );
  });

  it('is empty for an empty log', () => {
    assert.deepEqual(analysed([]), { lines: [], lineCount: 0, templates: [], anomalies: [], events: [] });
  });

  it('tells when a template was seen and how grave it was', () => {
    const { templates } = analysed([at(5, 'ERROR x - it broke'), at(9, 'ERROR x - it broke')]);
    assert.deepEqual([templates[0]?.firstMs, templates[0]?.lastMs, templates[0]?.status], [START_MS + 5000, START_MS + 9000, 'error']);
  });

  it('compares what comes after a time with what came before', () => {
    const tick = (sec: number) => at(sec, 'INFO a - tick done');
    const quiet = Array.from({ length: 60 }, (_, sec) => tick(sec));
    const loud = Array.from({ length: 60 }, (_, sec) => at(60 + sec, 'INFO a - pool is dry'));
    const { anomalies } = analysed([...quiet, ...loud], { quietUntilMs: START_MS + 60_000 });
    const changes = anomalies.filter(({ kind }) => kind === 'new' || kind === 'vanished');
    assert.deepEqual(changes.map(({ kind }) => kind).sort(), ['new', 'vanished']);
    const [fresh] = changes.filter(({ kind }) => kind === 'new');
    assert.ok(fresh?.kind === 'new' && fresh.firstMs === START_MS + 60_000 && fresh.during === 60);
  });

  it('compares with a log of a quiet time, whose lines are not counted as input', () => {
    const { anomalies, lines, templates } = analysed(new Array(30).fill('job 7 failed'), {}, new Array(30).fill('job 7 done'));
    assert.equal(lines.length, 30);
    assert.deepEqual(anomalies.map(({ kind, template }) => [kind, templates[template]?.template]).sort(), [
      ['new', 'job <*> failed'],
      ['vanished', 'job <*> done'],
    ]);
  });

  it('does not shout over few lines, unless they are errors', () => {
    const quiet = new Array<string>(30).fill('INFO all is well');
    assert.deepEqual(analysed(['INFO all is well', 'INFO hello', 'INFO all is well'], {}, quiet).anomalies, []);
    const { anomalies } = analysed(['INFO all is well', 'ERROR: it broke', 'INFO all is well'], {}, quiet);
    assert.deepEqual(
      anomalies.map(({ kind }) => kind),
      ['new'],
    );
  });

  it('knows nothing of new or vanished without a quiet stretch', () => {
    assert.deepEqual(analysed(new Array(100).fill('hello')).anomalies, []);
  });

  it('tells of key events by service with the first time', () => {
    const line = (sec: number, service: string, message: string) =>
      JSON.stringify({ time: new Date(START_MS + sec * 1000).toISOString(), service, message });
    const { events, templates } = analysed([
      line(1, 'cart', 'all is well'),
      line(2, 'db', 'write x: no space left on device'),
      line(9, 'cart', 'connect ECONNREFUSED 10.0.0.1:80'),
      line(4, 'cart', 'connect ECONNREFUSED 10.0.0.2:80'),
    ]);
    assert.deepEqual(
      events.map(({ event, service, count, firstMs, firstLine }) => [event, service, count, firstMs, firstLine]),
      [
        ['disk full', 'db', 1, START_MS + 2000, 2],
        ['connection refused', 'cart', 2, START_MS + 4000, 3],
      ],
    );
    assert.equal(templates[events[1]?.template ?? -1]?.template, 'connect ECONNREFUSED <*>');
  });

  it('judges each message of a shape, not its first alone', () => {
    const { events } = analysed(['connection refused count: 0', 'connection refused count: 12', 'connection refused count: 0']);
    assert.deepEqual(
      events.map(({ event, count, firstLine }) => [event, count, firstLine]),
      [['connection refused', 1, 2]],
    );
  });

  it('keeps to one service where it is told to, and still gives each line its id', () => {
    const line = (service: string) => JSON.stringify({ service, message: 'out of memory' });
    const { events, lines } = analysed([line('a'), line('b')], { service: 'b' });
    assert.deepEqual(
      events.map(({ service }) => service),
      ['b'],
    );
    assert.deepEqual(lines, [0, 0]);
  });

  it('finds a stretch unlike the others, by time and by line', () => {
    const normal = (sec: number) => [at(sec, 'INFO a - served a page'), at(sec, 'INFO a - read a row')];
    const lines = Array.from({ length: 200 }, (_, sec) =>
      sec === 150 ? new Array<string>(80).fill(at(sec, 'INFO a - retrying now')) : normal(sec),
    );
    const { anomalies, templates } = analysed(lines.flat());
    const [found] = anomalies.filter(({ kind }) => kind === 'window');
    assert.ok(found?.kind === 'window' && found.from === START_MS + 150_000 && found.hasTime);
    assert.equal(templates[found.template]?.template, 'retrying now');
    assert.match(found.reason, /occurs 80 times here, usually 0/);
  });

  it('finds a line with a duration unlike those of its template', () => {
    const lines = Array.from({ length: 300 }, (_, index) => `query ${index} took ${index === 210 ? 9000 : 20 + (index % 5)} ms`);
    const { anomalies } = analysed(lines);
    assert.deepEqual(
      anomalies.map((each) => each.kind === 'line' && [each.line, each.example]),
      [[211, 'query 210 took 9000 ms']],
    );
  });

  it('says the same of the same log', () => {
    const lines = Array.from({ length: 200 }, (_, index) => at(index, `INFO a - query ${index} took ${(index * 37) % 90} ms`));
    assert.deepEqual(analysed(lines), analysed(lines));
  });

  it('holds a line of five million characters, and any line at all', () => {
    const { lines } = analysed([`start ${'x'.repeat(5_000_000)}`, `{"msg":"${'y'.repeat(5_000_000)}"}`, 'a'.repeat(5_000_000)]);
    assert.equal(lines.length, 3);
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 20 }), (texts) => {
        const report = analysed(texts);
        assert.equal(report.lines.length, texts.length);
        assert.ok(report.lines.every((id) => report.templates[id] !== undefined));
      }),
    );
  });

  it('takes a clock that jumps, and times that are no dates', () => {
    const { lines } = analysed(['9999-99-99T99:99:99Z x 1', '0000-00-00T00:00:00Z x 2', at(1, 'x 3'), '1970-01-01T00:00:00Z x 4'], {
      quietUntilMs: START_MS,
    });
    assert.equal(new Set(lines).size, 1);
  });
});
