import assert from 'node:assert/strict';
import type { TreeItem } from 'vscode';
import type { LineStatus } from '../../../../src/domain/frame';
import type { ResolvedFrame } from '../../../../src/domain/resolvedTrace';
import { framesOf, stackNodes } from '../../../../src/ui/stack/stackNodes';
import { StackTree } from '../../../../src/ui/stack/stackTree';
import { libraryFrame, resolvedException, resolvedFrame, resolvedTrace } from '../../../fakes/resolvedTraces';
import type { ThemeIcon } from '../../../fakes/vscode';

/** The item of the first frame of a trace. */
function itemOf(frame: ResolvedFrame, changes: Parameters<typeof resolvedTrace>[1] = {}): TreeItem {
  const tree = new StackTree();
  tree.put(stackNodes([resolvedTrace([resolvedException([frame])], changes)]));
  return tree.getTreeItem(framesOf(tree.nodes[0]!)[0]!);
}

const labelOf = ({ label }: TreeItem) => (typeof label === 'object' ? label.label : label);

const withStatus = (status: LineStatus) => {
  const frame = resolvedFrame();
  return resolvedFrame({ workspace: { ...frame.workspace!, status } });
};

describe('the tree of a stack trace', () => {
  it('names function, line, state and folder of a frame, with the reason behind it', () => {
    const item = itemOf(resolvedFrame());
    assert.equal(labelOf(item), 'discount');
    assert.equal(item.description, 'pricing.js:19 · moved from 14 · services/checkout');
    assert.match(String(item.tooltip), /It moved\./);
  });

  for (const [status, words] of [
    ['exact', 'unchanged'],
    ['edited', 'edited since'],
    ['deleted', 'deleted since'],
    ['unknown', 'commit fef1cf7 not at hand'],
  ] as const) {
    it(`says that a line is ${words}`, () => assert.match(String(itemOf(withStatus(status)).description), new RegExp(words)));
  }

  it('says that the commit is unknown where nothing names one', () => {
    assert.match(String(itemOf(withStatus('unknown'), { commit: null }).description), /commit unknown/);
  });

  it('says how many files an ambiguous frame may be', () => {
    const candidates = ['a', 'b'].map((folder) => ({ root: '/shop', path: `${folder}/index.js`, score: 0.4 }));
    const item = itemOf(resolvedFrame({ workspace: null, deployed: null, candidates }));
    assert.match(String(item.description), /ambiguous, 2 files/);
    assert.match(String(item.contextValue), /^frame\.ambiguous.*\.choose/);
  });

  it('gives each state an icon of its own', () => {
    const states = ['exact', 'moved', 'edited', 'deleted', 'unknown'] as const;
    const icons = states.map((status) => (itemOf(withStatus(status), { culpritFrame: null }).iconPath as ThemeIcon).id);
    assert.equal(new Set(icons).size, icons.length);
  });

  it('marks the frame to look at first, also for a screen reader', () => {
    const item = itemOf(resolvedFrame());
    assert.equal((item.iconPath as ThemeIcon).id, 'debug-stackframe');
    assert.match(item.accessibilityInformation?.label ?? '', /^look here first, discount/);
    assert.equal(labelOf(itemOf(resolvedFrame(), { culpritFrame: null })), 'discount');
  });

  it('opens a frame that is in the workspace, and none of a library', () => {
    assert.equal(itemOf(resolvedFrame()).command?.command, 'aidog.openStackFrame');
    assert.equal(itemOf(libraryFrame()).command, undefined);
  });

  it('offers what can be done: the deployed file where the commit is at hand, a fetch where it is not', () => {
    assert.equal(itemOf(resolvedFrame()).contextValue, 'frame.moved.deployed.choose');
    assert.equal(itemOf(withStatus('unknown')).contextValue, 'frame.unknown.fetch.choose');
    assert.equal(itemOf(withStatus('unknown'), { commit: null }).contextValue, 'frame.unknown.choose');
    assert.equal(itemOf(libraryFrame()).contextValue, 'frame.library');
  });

  it('shows text from outside as text on one line', () => {
    const item = itemOf(resolvedFrame({ function: 'evil\u202e\nname' }));
    assert.doesNotMatch(String(labelOf(item)), /[\n\u202e]/);
  });

  it('names the relation of an exception, and shows its message cut to a line', () => {
    const tree = new StackTree();
    const cause = resolvedException([resolvedFrame()], { relation: 'cause', message: `${'x'.repeat(5000)}\ny` });
    tree.put(stackNodes([resolvedTrace([resolvedException([resolvedFrame()]), cause])]));
    const [first, second] = tree.getChildren(tree.nodes[0]).map((node) => tree.getTreeItem(node));
    assert.deepEqual([first!.description, second!.description], ['', 'caused by']);
    assert.ok(String(second!.label).length <= 200);
  });

  it('names language, service, commit and copies of a trace', () => {
    const tree = new StackTree();
    const trace = resolvedTrace([resolvedException([resolvedFrame()])]);
    tree.put(stackNodes([trace, trace]));
    const item = tree.getTreeItem(tree.nodes[0]!);
    assert.equal(item.label, 'JavaScript stack trace');
    assert.equal(item.description, 'checkout · fef1cf7 · 2 times');
    assert.equal(item.accessibilityInformation?.label, 'JavaScript stack trace, checkout · fef1cf7 · 2 times');
  });

  it('opens the trace with the frame to look at first, and no other', () => {
    const tree = new StackTree();
    const trace = (line: number, culpritFrame: number | null) =>
      resolvedTrace([resolvedException([resolvedFrame({ line })])], { culpritFrame });
    const opened = () => tree.nodes.map((node) => tree.getTreeItem(node).collapsibleState);
    tree.put(stackNodes([trace(1, null), trace(2, 0), trace(3, 0)]));
    assert.deepEqual(opened(), [1, 2, 1]);
    tree.put(stackNodes([trace(1, null), trace(2, null)]));
    assert.deepEqual(opened(), [2, 1]);
  });

  it('says in which repository a file is where there are several', () => {
    const tree = new StackTree();
    const frame = resolvedFrame();
    const other = resolvedFrame({ line: 15, workspace: { ...frame.workspace!, root: '/work/mail', path: 'send.js' } });
    tree.put(stackNodes([resolvedTrace([resolvedException([frame, other])])]));
    assert.deepEqual(
      framesOf(tree.nodes[0]!).map((node) => tree.getTreeItem(node).description),
      ['pricing.js:19 · moved from 14 · shop/services/checkout', 'send.js:19 · moved from 14 · mail'],
    );
  });

  it('counts library frames in one closed row', () => {
    const tree = new StackTree();
    tree.put(stackNodes([resolvedTrace([resolvedException([1, 2, 3].map(libraryFrame))])]));
    const [exception] = tree.getChildren(tree.nodes[0]);
    const [row] = tree.getChildren(exception);
    const item = tree.getTreeItem(row!);
    assert.deepEqual([item.label, item.collapsibleState], ['3 library frames', 1]);
    assert.equal(tree.getChildren(row).length, 3);
    assert.equal(tree.getParent(row!), exception);
    assert.deepEqual(tree.getChildren(tree.getChildren(row)[0]), []);
  });
});
