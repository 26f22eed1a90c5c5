import assert from 'node:assert/strict';
import { culpritFrameOf } from '../../../../src/code/frames/culprit';
import { tracesOf } from '../../../../src/code/frames/stackTrace';
import { plainLines } from '../../../../src/code/frames/text';
import type { FrameKind, StackException, StackFrame } from '../../../../src/domain/frame';

const frame = (kind: FrameKind, file = 'a.js'): StackFrame => ({ function: 'f', file, line: 1, column: null, kind });
const exception = (relation: StackException['relation'], ...kinds: FrameKind[]): StackException => ({
  type: 'Error',
  message: '',
  relation,
  frames: kinds.map((kind) => frame(kind)),
});

describe('The frame to look at first', () => {
  const culprit = (...exceptions: StackException[]) => culpritFrameOf(exceptions);

  it('is the innermost of the program in the root cause, counted over all frames', () => {
    assert.equal(culprit(exception(null, 'library', 'app')), 1);
    assert.equal(culprit(exception(null, 'app', 'app'), exception('cause', 'runtime', 'app', 'app')), 3);
    assert.equal(culprit(exception(null, 'app'), exception('cause', 'app'), exception('context', 'app')), 2);
  });

  it('is in the nearest exception when the root cause has none', () => {
    assert.equal(culprit(exception(null, 'app'), exception('cause', 'runtime', 'app'), exception('cause', 'library')), 2);
    assert.equal(culprit(exception(null, 'runtime', 'app'), exception('cause')), 1);
  });

  it('is in what a group gathered rather than in the group', () => {
    assert.equal(
      culprit(exception(null, 'app'), exception('group', 'runtime', 'app'), exception('cause', 'app'), exception('group', 'app')),
      3,
    );
    assert.equal(culprit(exception(null), exception('group', 'library'), exception('group', 'app')), 1);
    assert.equal(culprit(exception(null, 'app'), exception('group', 'library')), 0);
  });

  it('is in something suppressed only when nothing else is the program’s', () => {
    assert.equal(culprit(exception(null, 'app'), exception('suppressed', 'app')), 0);
    assert.equal(culprit(exception(null, 'runtime'), exception('suppressed', 'app')), 1);
  });

  it('is none when all is others’ code', () => {
    assert.equal(culprit(exception(null, 'library', 'runtime', 'native', 'eval', 'async', 'created-by', 'handler')), null);
    assert.equal(culprit(), null);
  });
});

describe('Traces made of what a parser read', () => {
  const TEXT = ['before', 'Error: new Failed(x)', 'Failed: boom', '    at f', '    at g', 'between', 'Other', '    at h', 'after'].join(
    '\n',
  );
  const LINES = plainLines(TEXT);
  const at = (words: string): StackFrame => ({
    ...frame('app'),
    range: { start: TEXT.indexOf(words), end: TEXT.indexOf(words) + words.length },
  });
  const ranges = (exceptions: StackException[]) =>
    tracesOf('javascript', exceptions, LINES).map(({ trace, next }) => [TEXT.slice(trace.range.start, trace.range.end), next]);

  it('begin with each exception that has no relation, and reach from its header to its last frame', () => {
    assert.deepEqual(
      ranges([
        { type: 'Failed', message: 'boom', relation: null, frames: [at('at f')] },
        { type: 'Cause', message: '', relation: 'cause', frames: [at('at g')] },
        { type: 'Other', message: '', relation: null, frames: [at('at h')] },
      ]),
      [
        ['Failed: boom\n    at f\n    at g', 5],
        ['Other\n    at h', 8],
      ],
    );
  });

  it('begin with the message where the type is not printed, else with the first frame', () => {
    assert.deepEqual(ranges([{ type: 'Unprinted', message: 'between\nmore', relation: null, frames: [at('at h')] }]), [
      ['between\nOther\n    at h', 8],
    ]);
    assert.deepEqual(ranges([{ type: '', message: '', relation: null, frames: [at('at h')] }]), [['    at h', 8]]);
  });

  it('are the line with the name when there are no frames', () => {
    assert.deepEqual(ranges([{ type: 'Other', message: '', relation: null, frames: [] }]), [['Other', 7]]);
    assert.deepEqual(ranges([{ type: 'Missing', message: '', relation: null, frames: [] }]), [[TEXT, 9]]);
  });

  it('tell Kotlin from Java by the files of the program', () => {
    const language = (...frames: StackFrame[]) =>
      tracesOf('java', [{ type: 'x', message: '', relation: null, frames }], LINES)[0]?.trace.language;
    assert.equal(language(frame('app', 'Cart.kt'), frame('app', 'Main.java')), 'kotlin');
    assert.equal(language(frame('runtime', 'Maps.kt'), frame('app', 'Main.java')), 'java');
    assert.equal(language(frame('runtime', 'Maps.kt')), 'kotlin');
    assert.equal(language(frame('app', 'Build.kts')), 'kotlin');
    assert.equal(language(), 'java');
  });
});
