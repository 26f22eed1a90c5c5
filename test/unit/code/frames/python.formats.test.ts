import assert from 'node:assert/strict';
import { pythonParser } from '../../../../src/code/frames/python';
import { plainLines } from '../../../../src/code/frames/text';
import { assertRanges, itIsSafe, lines, read, weights } from './parsing';

const HEAD = 'Traceback (most recent call last):';

describe('What Python prints', () => {
  itIsSafe(pythonParser, [
    `${HEAD}\n`,
    '  File "/a.py", line 3, in f\n',
    '  |',
    '  +-+---------------- 1 ---',
    '+---',
    'KeyError: ',
    'File "',
    '", line ',
  ]);

  it('gives frames their code, also where indentation was lost', () => {
    const text = lines(
      HEAD,
      '  File "/srv/a.py", line 2, in f',
      '    return g(',
      '           ^^',
      '        1)',
      '  File "<stdin>", line 1, in g',
      'KeyError: 1',
    );
    const lost = text
      .split('\n')
      .map((line) => line.trim())
      .join('\n');
    for (const pasted of [text, lost]) {
      const [exception] = pythonParser.parse(plainLines(pasted));
      assert.deepEqual(exception?.type, 'KeyError');
      assert.deepEqual(
        exception?.frames.map(({ function: name, codeText, kind }) => [name, codeText, kind]),
        [
          ['g', undefined, 'eval'],
          ['f', 'return g(', 'app'],
        ],
      );
      assertRanges(pythonParser, pasted);
    }
  });

  it('counts a repeated line as often as it is printed', () => {
    const frame = lines('  File "/srv/a.py", line 51, in recurse', '    return recurse(n + 1)');
    const text = lines(
      HEAD,
      frame,
      frame,
      frame,
      '  [Previous line repeated 995 more times]',
      'RecursionError: maximum recursion depth exceeded',
    );
    assert.equal(read(pythonParser, text)[0]?.[3].length, 3);
  });

  it('reads names of exceptions that were defined in functions, and errors without a name', () => {
    assert.equal(
      read(pythonParser, lines(HEAD, '  File "/a.py", line 1, in f', 'main.f.<locals>.Failed: x'))[0]?.[1],
      'main.f.<locals>.Failed',
    );
    assert.deepEqual(read(pythonParser, lines(HEAD, '\t\t\tFile "/a.py", line 1, in f')), [[null, '', '', ['app f (/a.py:1)']]]);
  });

  it('keeps notes and lines of a message that go on after an empty line, but no more than that', () => {
    const text = lines(
      HEAD,
      '  File "/a.py", line 1, in f',
      'sqlalchemy.exc.ProgrammingError: no table',
      'cart id: 42',
      '',
      '[SQL: SELECT 1]',
      '',
      'Something else was logged',
    );
    assert.equal(read(pythonParser, text)[0]?.[2], 'no table\ncart id: 42\n\n[SQL: SELECT 1]');
  });

  it('ends a message and a traceback where the log goes on', () => {
    const parsed = pythonParser.parse([
      ...plainLines(lines(HEAD, '  File "/a.py", line 1, in f', 'KeyError: x')),
      { text: 'served GET /', start: 100, end: 112, hasPrefix: true },
    ]);
    assert.equal(parsed[0]?.message, 'x');
    const cut = pythonParser.parse([
      ...plainLines(lines(HEAD, '  File "/a.py", line 1, in f')),
      { text: 'done', start: 100, end: 104, hasPrefix: true },
    ]);
    assert.equal(cut[0]?.type, '');
  });

  it('separates tracebacks that no words join', () => {
    const one = lines(HEAD, '  File "/a.py", line 1, in f', 'KeyError: x');
    assert.deepEqual(
      read(pythonParser, lines(one, '', one)).map(([relation]) => relation),
      [null, null],
    );
  });

  it('reads a chain of three, newest first, however it is indented', () => {
    const block = (type: string, line: number) => lines(HEAD, `  File "/a.py", line ${line}, in f`, `${type}: x`, '');
    const text = lines(
      block('RootError', 1),
      'The above exception was the direct cause of the following exception:',
      '',
      block('MiddleError', 2),
      'During handling of the above exception, another exception occurred:',
      '',
      block('TopError', 3),
    );
    const indented = text.replaceAll(/^(?=.)/gm, '    ');
    for (const pasted of [text, indented]) {
      assert.deepEqual(
        read(pythonParser, pasted).map(([relation, type, , frames]) => [relation, type, frames[0]]),
        [
          [null, 'TopError', 'app f (/a.py:3)'],
          ['context', 'MiddleError', 'app f (/a.py:2)'],
          ['cause', 'RootError', 'app f (/a.py:1)'],
        ],
      );
    }
  });

  it('reads groups in groups and causes of their members', () => {
    const text = lines(
      '  + Exception Group Traceback (most recent call last):',
      '  |   File "/a.py", line 1, in top',
      '  | ExceptionGroup: outer (2 sub-exceptions)',
      '  +-+---------------- 1 ----------------',
      '    | Traceback (most recent call last):',
      '    |   File "/a.py", line 2, in root',
      '    | KeyError: root',
      '    | ',
      '    | The above exception was the direct cause of the following exception:',
      '    | ',
      '    | Traceback (most recent call last):',
      '    |   File "/a.py", line 3, in raised',
      '    | ValueError: raised',
      '    +---------------- 2 ----------------',
      '    | Exception Group Traceback (most recent call last):',
      '    |   File "/a.py", line 4, in inner',
      '    | ExceptionGroup: inner (1 sub-exception)',
      '    +-+---------------- 1 ----------------',
      '      | Traceback (most recent call last):',
      '      |   File "/a.py", line 5, in leaf',
      '      | TypeError: leaf',
      '      +------------------------------------',
      'and more text',
    );
    assert.deepEqual(
      read(pythonParser, text).map(([relation, type, message, frames]) => [relation, type, message, frames[0]]),
      [
        [null, 'ExceptionGroup', 'outer (2 sub-exceptions)', 'app top (/a.py:1)'],
        ['group', 'ValueError', 'raised', 'app raised (/a.py:3)'],
        ['cause', 'KeyError', 'root', 'app root (/a.py:2)'],
        ['group', 'ExceptionGroup', 'inner (1 sub-exception)', 'app inner (/a.py:4)'],
        ['group', 'TypeError', 'leaf', 'app leaf (/a.py:5)'],
      ],
    );
    assertRanges(pythonParser, text);
  });

  it('reads a traceback that follows a group', () => {
    const text = lines(
      '  + Exception Group Traceback (most recent call last):',
      '  |   File "/a.py", line 1, in top',
      '  | ExceptionGroup: outer (1 sub-exception)',
      '  +-+---------------- 1 ----------------',
      '    | KeyError: leaf',
      '    +------------------------------------',
      '',
      'During handling of the above exception, another exception occurred:',
      '',
      HEAD,
      '  File "/a.py", line 9, in last',
      'ValueError: last',
    );
    assert.deepEqual(
      read(pythonParser, text).map(([relation, type]) => [relation, type]),
      [
        [null, 'ValueError'],
        ['context', 'ExceptionGroup'],
      ],
    );
  });

  it('takes the place of a syntax error for a frame only where there is no other', () => {
    const place = lines('  File "/srv/broken.py", line 1', '    def broken(:', '               ^', 'SyntaxError: invalid syntax');
    const [alone] = pythonParser.parse(plainLines(place));
    assert.deepEqual([alone?.type, alone?.message, alone?.frames.length], ['SyntaxError', 'invalid syntax', 1]);
    assert.deepEqual([alone?.frames[0]?.line, alone?.frames[0]?.codeText], [1, 'def broken(:']);
    const imported = read(pythonParser, lines(HEAD, '  File "/srv/main.py", line 47, in main', '    import broken', place));
    assert.deepEqual(imported, [[null, 'SyntaxError', 'invalid syntax', ['app main (/srv/main.py:47)']]]);
  });

  it('reads frames whose heading was cut off', () => {
    const text = lines('  File "/srv/a.py", line 2, in f', '    g()', '  File "/srv/a.py", line 9, in g', 'KeyError: x');
    assert.deepEqual(read(pythonParser, text), [[null, 'KeyError', 'x', ['app g (/srv/a.py:9)', 'app f (/srv/a.py:2)']]]);
  });

  it('reads what faulthandler prints, innermost first', () => {
    const text = lines(
      'Fatal Python error: Segmentation fault',
      '',
      'Current thread 0x00007fae66fd6b80 (most recent call first):',
      '  File "/usr/lib/python3.11/ctypes/__init__.py", line 519 in string_at',
      '  File "/srv/a.py", line 1 in <module>',
    );
    assert.deepEqual(read(pythonParser, text), [
      [
        null,
        'Fatal Python error',
        'Segmentation fault',
        ['runtime string_at (/usr/lib/python3.11/ctypes/__init__.py:519)', 'app <module> (/srv/a.py:1)'],
      ],
    ]);
  });

  it('weighs headings, frames and the words between chained exceptions', () => {
    const text = lines(
      HEAD,
      '  | Traceback (most recent call last):',
      '  |   File "/a.py", line 1, in f',
      '  File "/a.py", line 1',
      'File x',
      'KeyError: x',
    );
    assert.deepEqual(weights(pythonParser, text), [2, 2, 2, 1, 0, 0]);
    assert.deepEqual(
      weights(pythonParser, lines('During handling of the above exception, another exception occurred:', 'the above exception is old')),
      [2, 0],
    );
  });
});
