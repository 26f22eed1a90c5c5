import assert from 'node:assert/strict';
import { parseCommand } from '../../../src/cli/arguments';
import { AppError } from '../../../src/domain/errors';

function complaint(...args: string[]): string {
  try {
    parseCommand(args);
  } catch (error) {
    assert.ok(error instanceof AppError);
    assert.equal(error.kind, 'bad_input');
    return error.message;
  }
  return assert.fail(`${args.join(' ')} should have been refused`);
}

describe('parseCommand', () => {
  it('reads what to investigate and with what', () => {
    assert.deepEqual(parseCommand(['investigate', '--recording', 'dir', '--json']), {
      kind: 'investigate',
      target: { kind: 'recording', dir: 'dir' },
      workspaces: [],
      runbooks: null,
      site: null,
      baseUrl: null,
      model: null,
      fallbackModel: null,
      isJson: true,
    });
    const args = ['investigate', '--service', 'shop', '--env=prod', '--workspace', 'a', '--workspace', 'b', '--runbooks', 'r'];
    assert.deepEqual(parseCommand([...args, '--site', 'datadoghq.eu', '--base-url', 'http://127.0.0.1:8126']), {
      kind: 'investigate',
      target: { kind: 'service', service: 'shop', env: 'prod' },
      workspaces: ['a', 'b'],
      runbooks: 'r',
      site: 'datadoghq.eu',
      baseUrl: 'http://127.0.0.1:8126',
      model: null,
      fallbackModel: null,
      isJson: false,
    });
    const monitor = parseCommand(['investigate', '--monitor', '42']);
    assert.deepEqual(monitor.kind === 'investigate' && monitor.target, { kind: 'monitor', id: 42 });
  });

  it('reads where to look for the frames of a stack trace', () => {
    const nothing = { kind: 'stack', workspaces: [], commit: null, service: null, isJson: false };
    assert.deepEqual(parseCommand(['stack']), nothing);
    assert.deepEqual(parseCommand(['stack', '--workspace', 'a', '--workspace=b', '--commit', 'v1.2.3', '--service', 'shop', '--json']), {
      kind: 'stack',
      workspaces: ['a', 'b'],
      commit: 'v1.2.3',
      service: 'shop',
      isJson: true,
    });
    assert.match(complaint('stack', '--commit', ''), /--commit is empty/);
    assert.match(complaint('stack', '--service='), /--service is empty/);
    assert.match(complaint('stack', '--workspace', ''), /--workspace is empty/);
    assert.match(complaint('stack', 'trace.txt'), /unexpected argument 'trace\.txt'/);
  });

  it('reads how to run the sandbox', () => {
    assert.deepEqual(parseCommand(['sandbox']), { kind: 'sandbox', port: 8126, statsdPort: null, recording: null, isShifted: false });
    assert.deepEqual(parseCommand(['sandbox', '--port', '0', '--statsd-port', '8125', '--recording', 'r', '--shift']), {
      kind: 'sandbox',
      port: 0,
      statsdPort: 8125,
      recording: 'r',
      isShifted: true,
    });
  });

  it('gives help when asked for it, and to who asks for nothing', () => {
    for (const args of [[], ['--help'], ['-h'], ['help'], ['investigate', '--help']])
      assert.deepEqual(parseCommand(args), { kind: 'help' });
    assert.deepEqual(parseCommand(['--version']), { kind: 'version' });
  });

  it('says what is wrong with what it cannot use', () => {
    assert.match(complaint('explode'), /no command "explode"/);
    assert.match(complaint('investigate'), /exactly one of --recording DIR, --monitor ID, --service NAME/);
    assert.match(complaint('investigate', '--recording', 'a', '--monitor', '1'), /exactly one of/);
    for (const id of ['abc', '-1', '1.5', '0', '', '99999999999999999999']) complaint('investigate', `--monitor=${id}`);
    assert.match(complaint('investigate', '--monitor', 'abc'), /whole number from 1 to \d+, not "abc"/);
    assert.match(complaint('investigate', '--recording', 'a', '--env', 'prod'), /--env goes with --service/);
    assert.match(complaint('investigate', '--recording', ''), /empty/);
    assert.match(complaint('investigate', '--sevice', 'a'), /unknown option '--sevice'/);
    assert.match(complaint('investigate', '--recording'), /argument missing/);
    assert.match(complaint('investigate', '--recording', 'a', 'b'), /unexpected argument 'b'/);
    for (const url of ['ftp://x', 'shop:80', 'nonsense', 'file:///etc/passwd']) {
      assert.match(complaint('investigate', '--monitor', '1', '--base-url', url), /http or https/);
    }
    assert.match(complaint('sandbox', '--port', '70000'), /--port takes a whole number from 0 to 65535/);
    assert.match(complaint('sandbox', '--shift'), /--shift goes with --recording/);
  });

  it('says where to read more', () => {
    assert.match(complaint('explode'), /See "aidog --help"\.$/);
  });

  it('reads what the doctor shall look at', () => {
    assert.deepEqual(parseCommand(['doctor']), { kind: 'doctor', workspaces: [], env: null, site: null, baseUrl: null, isJson: false });
    const args = ['doctor', '--workspace', 'a', '--env', 'prod', '--site', 'datadoghq.eu', '--base-url', 'http://127.0.0.1:1', '--json'];
    assert.deepEqual(parseCommand(args), {
      kind: 'doctor',
      workspaces: ['a'],
      env: 'prod',
      site: 'datadoghq.eu',
      baseUrl: 'http://127.0.0.1:1',
      isJson: true,
    });
    for (const bad of [['--env='], ['--site', ''], ['--workspace='], ['--base-url', 'ftp://x'], ['--monitor', '1'], ['extra']])
      assert.match(complaint('doctor', ...bad), /^Bad arguments/);
  });
});

describe('aidog forecast’s words', () => {
  const nothing = { kind: 'forecast', threshold: null, isBelow: false, season: null, intervalSec: null, modelFile: null, isJson: false };

  it('say what to do with the series', () => {
    assert.deepEqual(parseCommand(['forecast']), { ...nothing, model: 'embedded' });
    const args = ['--threshold', '-5.5', '--below', '--season', '288', '--interval', '300', '--model', 'statistical', '--json'];
    assert.deepEqual(parseCommand(['forecast', ...args, '--model-file', 'm.onnx']), {
      kind: 'forecast',
      threshold: -5.5,
      isBelow: true,
      season: 288,
      intervalSec: 300,
      model: 'statistical',
      modelFile: 'm.onnx',
      isJson: true,
    });
  });

  it('are refused with what to mend', () => {
    for (const [words, pattern] of [
      [['--threshold', 'high'], /--threshold takes a number, not "high"/],
      [['--below'], /--below goes with --threshold/],
      [['--model', 'toto'], /--model is embedded or statistical, not "toto"/],
      [['--season', '1'], /--season takes a whole number from 2/],
      [['--interval', '0'], /--interval takes a whole number from 1/],
      [['--model-file='], /--model-file is empty/],
    ] as const)
      assert.throws(() => parseCommand(['forecast', ...words]), pattern);
  });
});
