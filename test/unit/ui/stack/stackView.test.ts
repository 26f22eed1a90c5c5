import assert from 'node:assert/strict';
import { createContextKeys } from '../../../../src/ui/contextKeys';
import { MAX_SHOWN_TRACES } from '../../../../src/ui/stack/stackNodes';
import { createStackView } from '../../../../src/ui/stack/stackView';
import { libraryFrame, resolvedException, resolvedFrame, resolvedTrace } from '../../../fakes/resolvedTraces';
import { fake } from '../../../fakes/vscode';

function open() {
  fake.reset();
  const problems: unknown[] = [];
  const view = createStackView(createContextKeys(), (error) => problems.push(error));
  return { view, problems, tree: fake.treeViews[0]! };
}

const trace = (line = 14) => resolvedTrace([resolvedException([libraryFrame(1), resolvedFrame({ line })])], { culpritFrame: 1 });

describe('the view of a stack trace', () => {
  it('appears with the first trace and reveals the frame to look at first', () => {
    const { view, tree } = open();
    assert.equal(fake.contexts.get('aidog.hasStack'), undefined);
    const culprit = view.show([trace()]);
    assert.equal(fake.contexts.get('aidog.hasStack'), true);
    assert.equal(culprit?.frame.function, 'discount');
    assert.deepEqual(tree.revealed, [culprit]);
  });

  it('reveals the trace where no frame is the one to look at', () => {
    const { view, tree } = open();
    const alone = resolvedTrace([resolvedException([libraryFrame()])], { culpritFrame: null });
    assert.equal(view.show([alone]), null);
    assert.equal((tree.revealed[0] as { kind: string }).kind, 'trace');
  });

  it('knows the selected row, else the frame to look at first', () => {
    const { view, tree } = open();
    assert.equal(view.current, null);
    const culprit = view.show([trace()]);
    tree.selection = [];
    assert.equal(view.current, culprit);
    tree.selection = [culprit?.parent];
    assert.equal(view.current, culprit?.parent);
  });

  it('says how many traces are left out', () => {
    const { view, tree } = open();
    view.show(Array.from({ length: MAX_SHOWN_TRACES + 7 }, (_, at) => trace(at + 1)));
    assert.match(tree.message ?? '', /7 more traces/);
    view.show([trace()]);
    assert.equal(tree.message, undefined);
  });

  it('goes away when it is cleared', () => {
    const { view } = open();
    view.show([trace()]);
    view.clear();
    assert.equal(fake.contexts.get('aidog.hasStack'), false);
    fake.treeViews[0]!.selection = [];
    assert.equal(view.current, null);
  });

  it('stays when VS Code cannot reveal a row', async () => {
    const { view, problems, tree } = open();
    tree.reveal = async () => {
      throw new Error('not visible');
    };
    assert.ok(view.show([trace()]));
    await new Promise(setImmediate);
    assert.equal(problems.length, 1);
  });
});
