import assert from 'node:assert/strict';
import { goParser } from '../../../../src/code/frames/go';
import { parseGoFrame } from '../../../../src/code/frames/goFrame';
import { plainLines } from '../../../../src/code/frames/text';

const parseGo = (text: string) => goParser.parse(plainLines(text));
const lines = (...text: string[]) => text.join('\n');

describe('Go panics', () => {
  it('reads a nil dereference in a goroutine', () => {
    const [exception, ...others] = parseGo(
      lines(
        'panic: runtime error: invalid memory address or nil pointer dereference',
        '[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x491483]',
        '',
        'goroutine 18 [running]:',
        'github.com/acme/checkout/pricing.(*Pricer).Quote(0x0?, 0x0?)',
        '\t/srv/go/pricing/pricing.go:22 +0x1c',
        'github.com/acme/checkout/pricing.Map[...]({0xc000088eb8?, 0x1})',
        '\t/srv/go/pricing/pricing.go:32 +0xa2',
        'created by main.main in goroutine 1',
        '\t/srv/go/main.go:26 +0x14d',
        '',
        'goroutine 1 [chan receive]:',
        'main.main()',
        '\t/srv/go/main.go:30 +0x1',
      ),
    );
    assert.deepEqual(others, []);
    assert.deepEqual([exception?.type, exception?.message], ['panic', 'runtime error: invalid memory address or nil pointer dereference']);
    assert.deepEqual(
      exception?.frames.map(({ function: name, line, kind }) => [name, line, kind]),
      [
        ['github.com/acme/checkout/pricing.(*Pricer).Quote', 22, 'app'],
        ['github.com/acme/checkout/pricing.Map[...]', 32, 'app'],
        ['main.main', 26, 'created-by'],
      ],
    );
  });

  it('tells the handler that recovered from the frames that failed', () => {
    const [exception] = parseGo(
      lines(
        'http: panic serving [::1]:54143: test panic',
        'goroutine 24 [running]:',
        'net/http.(*conn).serve.func1(0xc0)',
        '\t/usr/local/go/src/net/http/server.go:1746 +0xd0',
        'panic(0x12472a0, 0x12ece10)',
        '\t/usr/local/go/src/runtime/panic.go:513 +0x1b9',
        'main.doPanic(0x1)',
        '\t/srv/go/http.go:8 +0x39',
      ),
    );
    assert.deepEqual([exception?.type, exception?.message], ['panic', 'test panic']);
    assert.deepEqual(
      exception?.frames.map(({ function: name, kind }) => [name, kind]),
      [
        ['net/http.(*conn).serve.func1', 'runtime'],
        ['panic', 'runtime'],
        ['main.doPanic', 'app'],
      ],
    );
  });

  it('puts the last of repeated panics first', () => {
    const parsed = parseGo(
      lines('panic: first [recovered]', '\tpanic: second', '', 'goroutine 1 [running]:', 'main.f()', '\t/srv/a.go:3 +0x1'),
    );
    assert.deepEqual(
      parsed.map(({ message, relation }) => [message, relation]),
      [
        ['second', null],
        ['first', 'context'],
      ],
    );
    assert.equal(parsed[0]?.frames[0]?.line, 3);
  });

  it('reads fatal errors and stacks without a panic', () => {
    assert.equal(
      parseGo(
        lines('fatal error: all goroutines are asleep - deadlock!', '', 'goroutine 1 [select]:', 'main.main()', '\t/srv/a.go:3 +0x1'),
      )[0]?.type,
      'fatal error',
    );
    assert.equal(parseGo(lines('goroutine 1 [running]:', 'main.main()', '\t/srv/a.go:3 +0x1'))[0]?.frames.length, 1);
  });

  it('tells the runtime and modules from the program', () => {
    assert.equal(parseGoFrame('runtime.goexit()', '\t/usr/local/go/src/runtime/asm.s:1 +0x1')?.kind, 'runtime');
    assert.equal(parseGoFrame('x.F()', '\t/root/go/pkg/mod/github.com/x/y@v1.2.3/x.go:1 +0x1')?.kind, 'library');
    assert.equal(parseGoFrame('x.F()', '\tnot a place'), null);
  });
});
