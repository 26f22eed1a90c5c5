import assert from 'node:assert/strict';
import { pythonParser } from '../../../../src/code/frames/python';
import { parsePythonFrame } from '../../../../src/code/frames/pythonFrame';
import { plainLines } from '../../../../src/code/frames/text';

const parsePython = (text: string) => pythonParser.parse(plainLines(text));
const lines = (...text: string[]) => text.join('\n');

const inner = ['  File "/srv/shop/pricing.py", line 22, in discount', '    return cart["coupon"]["percent"]', '           ~~~~^^^^^^^^^^'];

describe('Python tracebacks', () => {
  it('turns the frames round: innermost first', () => {
    const [exception] = parsePython(
      lines(
        'Traceback (most recent call last):',
        '  File "/srv/shop/main.py", line 66, in <module>',
        '    main()',
        ...inner,
        "KeyError: 'coupon'",
      ),
    );
    assert.deepEqual([exception?.type, exception?.message, exception?.relation], ['KeyError', "'coupon'", null]);
    assert.deepEqual(
      exception?.frames.map((frame) => [frame.function, frame.line]),
      [
        ['discount', 22],
        ['<module>', 66],
      ],
    );
  });

  it('puts the raised exception before its direct cause', () => {
    const parsed = parsePython(
      lines(
        'Traceback (most recent call last):',
        ...inner,
        "KeyError: 'coupon'",
        '',
        'The above exception was the direct cause of the following exception:',
        '',
        'Traceback (most recent call last):',
        '  File "/srv/shop/pricing.py", line 30, in wrapped',
        'shop.errors.PricingError: could not price',
      ),
    );
    assert.deepEqual(
      parsed.map(({ type, relation }) => [type, relation]),
      [
        ['shop.errors.PricingError', null],
        ['KeyError', 'cause'],
      ],
    );
  });

  it('calls what was being handled the context', () => {
    const parsed = parsePython(
      lines(
        'Traceback (most recent call last):',
        ...inner,
        'KeyError',
        '',
        'During handling of the above exception, another exception occurred:',
        '',
        'Traceback (most recent call last):',
        '  File "/srv/a.py", line 2, in f',
        'ZeroDivisionError: division by zero',
      ),
    );
    assert.deepEqual(
      parsed.map(({ type, message, relation }) => [type, message, relation]),
      [
        ['ZeroDivisionError', 'division by zero', null],
        ['KeyError', '', 'context'],
      ],
    );
  });

  it('reads the members of an exception group', () => {
    const parsed = parsePython(
      lines(
        '  + Exception Group Traceback (most recent call last):',
        '  |   File "/srv/main.py", line 16, in group',
        '  |     raise ExceptionGroup("2 carts failed", errs)',
        '  | ExceptionGroup: 2 carts failed (2 sub-exceptions)',
        '  +-+---------------- 1 ----------------',
        '    | Traceback (most recent call last):',
        '    |   File "/srv/main.py", line 13, in group',
        "    | KeyError: 'coupon'",
        '    +---------------- 2 ----------------',
        '    | Traceback (most recent call last):',
        '    |   File "/srv/main.py", line 14, in group',
        "    | KeyError: 'percent'",
        '    +------------------------------------',
      ),
    );
    assert.deepEqual(
      parsed.map(({ type, message, relation, frames }) => [type, message, relation, frames[0]?.line]),
      [
        ['ExceptionGroup', '2 carts failed (2 sub-exceptions)', null, 16],
        ['KeyError', "'coupon'", 'group', 13],
        ['KeyError', "'percent'", 'group', 14],
      ],
    );
  });

  it('keeps frames inside a message in the message', () => {
    const [exception] = parsePython(
      lines(
        'Traceback (most recent call last):',
        '  File "/srv/main.py", line 61, in main',
        'ValueError: first',
        '  File "looks/like/one.py", line 3, in fake',
        'last',
      ),
    );
    assert.equal(exception?.frames.length, 1);
    assert.equal(exception?.message, 'first\n  File "looks/like/one.py", line 3, in fake\nlast');
  });

  it('does not take the place of a syntax error for a frame', () => {
    assert.equal(parsePythonFrame('  File "/srv/broken.py", line 1'), null);
  });

  it('tells libraries, the runtime and evaluated code from the program', () => {
    const kind = (file: string) => parsePythonFrame(`  File "${file}", line 3, in f`)?.kind;
    assert.equal(kind('/srv/shop/main.py'), 'app');
    assert.equal(kind('/usr/local/lib/python3.11/json/decoder.py'), 'runtime');
    assert.equal(kind('/srv/.venv/lib/python3.12/site-packages/flask/app.py'), 'library');
    assert.equal(kind('<frozen importlib._bootstrap>'), 'runtime');
    assert.equal(kind('<string>'), 'eval');
    assert.equal(parsePythonFrame('  File "<string>", line 3, in f')?.file, '<string>');
  });

  it('reads paths with quotes, commas and blanks', () => {
    const frame = parsePythonFrame('  File "/srv/a, b/c"d.py", line 3, in f, in g');
    assert.deepEqual([frame?.file, frame?.line, frame?.function], ['/srv/a, b/c"d.py', 3, 'f, in g']);
  });
});
