import assert from 'node:assert/strict';
import {
  culpritOf,
  distinctTraces,
  frameState,
  framesOf,
  MAX_SHOWN_TRACES,
  type StackNode,
  stackNodes,
} from '../../../../src/ui/stack/stackNodes';
import { libraryFrame, resolvedException, resolvedFrame, resolvedTrace } from '../../../fakes/resolvedTraces';

describe('the rows of resolved stack traces', () => {
  it('go from trace to exceptions to frames, and know the way back', () => {
    const cause = resolvedException([resolvedFrame({ function: 'load' })], { type: 'IOError', relation: 'cause' });
    const [trace] = stackNodes([resolvedTrace([resolvedException([resolvedFrame()]), cause])]);
    assert.deepEqual(
      trace?.children.map(({ exception }) => exception.type),
      ['TypeError', 'IOError'],
    );
    const frames = framesOf(trace!);
    assert.deepEqual(
      frames.map(({ frame }) => frame.function),
      ['discount', 'load'],
    );
    assert.equal(frames[1]!.parent, trace!.children[1]);
    assert.equal(frames[1]!.parent.parent, trace);
  });

  it('collapse neighbouring library frames into one row, and leave a single one alone', () => {
    const frames = [libraryFrame(1), resolvedFrame(), libraryFrame(2), libraryFrame(3), libraryFrame(4)];
    const [trace] = stackNodes([resolvedTrace([resolvedException(frames)], { culpritFrame: 1 })]);
    const rows = trace!.children[0]!.children;
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      ['frame', 'frame', 'libraries'],
    );
    assert.equal(framesOf(rows[2]!).length, 3);
    assert.equal(framesOf(rows[2]!)[0]!.parent, rows[2]);
  });

  it('count a frame that repeats itself instead of showing it again', () => {
    const deep = Array.from({ length: 400 }, () => resolvedFrame({ function: 'walk' }));
    const [trace] = stackNodes([resolvedTrace([resolvedException([...deep, resolvedFrame({ line: 2 })])], { culpritFrame: 7 })]);
    const frames = framesOf(trace!);
    assert.deepEqual(
      frames.map(({ times, isCulprit }) => [times, isCulprit]),
      [
        [400, true],
        [1, false],
      ],
    );
  });

  it('find the frame to look at first also in a later exception', () => {
    const first = resolvedException([libraryFrame(1), libraryFrame(2)]);
    const second = resolvedException([libraryFrame(3), resolvedFrame({ function: 'broken' })], { relation: 'cause' });
    const nodes = stackNodes([resolvedTrace([first, second], { culpritFrame: 3 })]);
    assert.equal(culpritOf(nodes)?.frame.function, 'broken');
    assert.equal(culpritOf(stackNodes([resolvedTrace([first], { culpritFrame: null })])), null);
  });

  it('make one row of traces that differ only in where they stand', () => {
    const trace = resolvedTrace([resolvedException([resolvedFrame()])]);
    const elsewhere = { ...trace, range: { start: 500, end: 600 } };
    const other = resolvedTrace([resolvedException([resolvedFrame({ line: 15 })])]);
    assert.deepEqual(
      distinctTraces([trace, elsewhere, other]).map(({ times }) => times),
      [2, 1],
    );
  });

  it('are no more than anybody reads', () => {
    const many = Array.from({ length: MAX_SHOWN_TRACES + 20 }, (_, at) =>
      resolvedTrace([resolvedException([resolvedFrame({ line: at + 1 })])]),
    );
    assert.equal(stackNodes(many).length, MAX_SHOWN_TRACES);
  });

  it('have ids of their own', () => {
    const traces = [1, 2].map((line) => resolvedTrace([resolvedException([libraryFrame(1), libraryFrame(2), resolvedFrame({ line })])]));
    const rows = (node: StackNode): StackNode[] => (node.kind === 'frame' ? [node] : [node, ...node.children.flatMap(rows)]);
    const ids = stackNodes(traces).flatMap((trace) => rows(trace).map(({ id }) => id));
    assert.equal(ids.length, 12);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('say what became of a frame', () => {
    const nowhere = { workspace: null, deployed: null };
    const candidates = [{ root: '/shop', path: 'a.js', score: 0.4 }];
    assert.deepEqual([resolvedFrame(), resolvedFrame(nowhere), resolvedFrame({ ...nowhere, candidates }), libraryFrame()].map(frameState), [
      'moved',
      'elsewhere',
      'ambiguous',
      'library',
    ]);
  });
});
