import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LogRecord } from '../../../../src/signals/logs/logRecord';
import { readLogLine } from '../../../../src/signals/logs/readLine';

const AT = Date.UTC(2026, 0, 2, 3, 4, 5);
const read = (line: string) => readLogLine(line, Date.UTC(2026, 11, 31));
const is = (line: string, expected: Partial<LogRecord>) =>
  assert.deepEqual(read(line), { message: line, status: null, service: null, timeMs: null, ...expected }, line);

describe('readLogLine', () => {
  it('reads JSON of the common loggers', () => {
    const pino = '{"level":50,"time":1767323045000,"pid":7,"msg":"it broke"}';
    is(pino, { message: 'it broke', status: 'error', timeMs: AT });
    const zap = '{"level":"warn","ts":1767323045,"logger":"cart","msg":"slow"}';
    is(zap, { message: 'slow', status: 'warn', service: 'cart', timeMs: AT });
    const python = '{"levelname": "ERROR", "message": "no", "timestamp": "2026-01-02 03:04:05,000", "service": {"name": "shop"}}';
    is(python, { message: 'no', status: 'error', service: 'shop', timeMs: AT });
    const serilog = '{"@t":"2026-01-02T03:04:05Z","@m":"hi","@l":"Fatal"}';
    is(serilog, { message: 'hi', status: 'critical', timeMs: AT });
    const gcp = '{"severity":"NOTICE","textPayload":"hello"}';
    is(gcp, { message: 'hello', status: 'notice' });
    const cloudwatch = '{"@timestamp":"2026-01-02T03:04:05Z","@message":"END RequestId"}';
    is(cloudwatch, { message: 'END RequestId', timeMs: AT });
  });

  it('leaves JSON without a message, and what only looks like JSON, as they are', () => {
    is('{"a":1}', {});
    is('{not json}', {});
    is('{"msg":"cut', {});
    is('[1,2]', {});
  });

  it("reads the lines that Docker's file driver and container runtimes write", () => {
    const docker = JSON.stringify({ log: '{"level":"error","msg":"deep"}\n', stream: 'stdout', time: '2026-01-02T03:04:05Z' });
    is(docker, { message: 'deep', status: 'error', timeMs: AT });
    is('2026-01-02T03:04:05.000000000Z stderr F {"level":"error","msg":"deep"}', { message: 'deep', status: 'error', timeMs: AT });
    is('2026-01-02T03:04:05.000000000Z stdout F plain words', { message: 'plain words', timeMs: AT });
  });

  it('reads logfmt, but not prose with an equals sign', () => {
    is('time=2026-01-02T03:04:05Z level=warn msg="cache \\"a\\" missed" key=7', {
      message: 'cache "a" missed',
      status: 'warn',
      timeMs: AT,
    });
    is('level=info service=cart msg=ok', { message: 'ok', status: 'info', service: 'cart' });
    is('a=b of c', {});
    is('logname= uid=0 rhost=1.2.3.4', {});
    is('level=deep msg=unknown', {});
  });

  it('reads syslog of both kinds, with and without priority', () => {
    is('Jan  2 03:04:05 web-1 sshd[4711]: Failed password', { message: 'Failed password', service: 'sshd', timeMs: AT });
    is('<11>Jan  2 03:04:05 web-1 cron: done', { message: 'done', status: 'error', service: 'cron', timeMs: AT });
    is('<165>1 2026-01-02T03:04:05Z host app 12 ID47 [x@1 a="b]" c="d\\"]"] it runs', {
      message: 'it runs',
      status: 'notice',
      service: 'app',
      timeMs: AT,
    });
    is('<14>1 2026-01-02T03:04:05Z - - - - - bare', { message: 'bare', status: 'info', timeMs: AT });
    is('2026-01-02T03:04:05+00:00 web-1 sshd[4711]: Failed password', { message: 'Failed password', service: 'sshd', timeMs: AT });
  });

  it('reads lines that begin with a time, and takes thread, level and logger off where there is a level', () => {
    is('2026-01-02 03:04:05,000 [main] ERROR com.acme.Shop - it broke', { message: 'it broke', status: 'error', timeMs: AT });
    is('2026-01-02 03:04:05 WARN  [pool-1] com.acme.Shop: slow', { message: 'slow', status: 'warn', timeMs: AT });
    is('[2026-01-02T03:04:05Z] [INFO] ready', { message: 'ready', status: 'info', timeMs: AT });
    is('2026/01/02 03:04:05 [error] 12#12: upstream timed out', { message: '12#12: upstream timed out', status: 'error', timeMs: AT });
    is('2026-01-02 03:04:05 Connection refused: try later', { message: 'Connection refused: try later', timeMs: AT });
    is('2026-01-02 03:04:05 ERROR shop: it broke', { message: 'it broke', status: 'error', timeMs: AT });
  });

  it('reads a line the same whatever line was read before it', () => {
    const time = '2026-01-02T03:04:05Z';
    const heads = [
      ' INFO [main] a.b.C - ',
      ' INFO [main] a.b.C',
      ' WARN [main] a.b.C - ',
      ' INFO [main] a.b.C: ',
      ' INFO ',
      ': ',
      ' INFO [main] a.b.C[7]: ',
    ];
    const rest = fc
      .tuple(fc.constantFrom('', ...heads), fc.constantFrom('', ' - ', 'x', '- up: ', '[a] b: ', '] up'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(rest, rest, (before, after) => {
        read(`${time} ERROR other.Logger: reset`);
        const alone = read(time + after);
        read(time + before);
        assert.deepEqual(read(time + after), alone);
      }),
    );
  });

  it('leaves a plain message whole, level and all', () => {
    is('ERROR: it broke', { status: 'error' });
    is('[WARNING] slow', { status: 'warn' });
    is('Error in the yard', {});
    is(' indented', {});
    is('', {});
    is('[client 10.0.0.1] Directory index forbidden', {});
    is('<15> of something', {});
  });

  it('leaves terminal colours out', () => {
    is('\u001b[31m2026-01-02T03:04:05Z\u001b[0m \u001b[1mERROR\u001b[0m it broke', { message: 'it broke', status: 'error', timeMs: AT });
  });

  it('takes any line, and long ones in time that grows with their length', () => {
    const pieces = fc.constantFrom(
      '2026-01-02T03:04:05Z',
      ' ',
      '[',
      ']',
      '{',
      '}',
      '"',
      'msg',
      '=',
      'level',
      '<14>1',
      'Jan  2 03:04:05',
      '\\',
      'ERROR',
      ':',
      'a',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), (parts) => {
        assert.equal(typeof read(parts.join('')).message, 'string');
      }),
    );
    for (const unit of ['a=', '[a]', '{"a":', '- ', '(x) ', '<1>', '\\"', 'level='])
      for (const head of ['', '2026-01-02 03:04:05 ', '[', '{', 'a="', '<1>1 a b c d e '])
        assert.equal(typeof read(head + unit.repeat(200_000)).message, 'string');
  });
});
