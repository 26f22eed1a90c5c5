import assert from 'node:assert/strict';
import { isSameException, isSamePlace, withoutRepeats } from '../../../../src/code/frames/repeats';
import type { StackException, StackFrame } from '../../../../src/domain/frame';

const frame = (line: number): StackFrame => ({
  function: 'f',
  file: 'a.rb',
  line,
  column: null,
  kind: 'app',
  range: { start: line, end: line + 1 },
});
const exception = (message: string, relation: StackException['relation'] = null, line = 1): StackException => ({
  type: 'KeyError',
  message,
  relation,
  frames: [frame(line)],
});

describe('withoutRepeats', () => {
  it('drops a trace that says the same as the one before, wherever it stands in the text', () => {
    const again = { ...exception('a'), frames: [{ ...frame(1), range: { start: 90, end: 99 } }] };
    assert.deepEqual(withoutRepeats([exception('a'), again]), [exception('a')]);
  });

  it('compares whole traces, with their causes', () => {
    const one = [exception('a'), exception('b', 'cause')];
    const other = [exception('a'), exception('c', 'cause')];
    assert.equal(withoutRepeats([...one, ...other]).length, 4);
    assert.equal(withoutRepeats([...one, ...one, ...one]).length, 2);
  });

  it('keeps a trace that came again after another one', () => {
    assert.equal(withoutRepeats([exception('a'), exception('b'), exception('a')]).length, 3);
  });

  it('keeps what has no beginning', () => {
    assert.deepEqual(withoutRepeats([exception('b', 'cause')]), [exception('b', 'cause')]);
    assert.deepEqual(withoutRepeats([]), []);
  });
});

describe('isSameException', () => {
  it('compares type, message and the places of all frames', () => {
    assert.ok(isSameException(exception('a'), exception('a', 'cause')));
    assert.ok(!isSameException(exception('a'), exception('b')));
    assert.ok(!isSameException(exception('a'), exception('a', null, 2)));
    assert.ok(!isSameException(exception('a'), { ...exception('a'), type: 'IOError' }));
    assert.ok(!isSameException(exception('a'), { ...exception('a'), frames: [] }));
    assert.ok(!isSameException(exception('a'), undefined));
  });
});

describe('isSamePlace', () => {
  it('compares function, file, line and column', () => {
    assert.ok(isSamePlace(frame(1), { ...frame(1), kind: 'library' }));
    for (const change of [{ function: 'g' }, { file: 'b.rb' }, { line: 2 }, { column: 3 }])
      assert.ok(!isSamePlace(frame(1), { ...frame(1), ...change }));
    assert.ok(!isSamePlace(frame(1), undefined));
  });
});
