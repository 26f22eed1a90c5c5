import assert from 'node:assert/strict';
import manifest from '../../../../package.json';
import type { FixDraft } from '../../../../src/domain/fix';
import { commandIds } from '../../../../src/ui/commands';
import { Fixes } from '../../../../src/ui/fix/fixes';
import { type FixNode, FixTree } from '../../../../src/ui/fix/fixTree';
import { createRedactor } from '../../../../src/ui/log';
import { committedContents, sampleContents, sampleFix, samplePush } from '../../../fakes/sampleFix';
import { FakeStore } from '../../../fakes/vscodeParts';

interface Item {
  readonly label: string;
  readonly description?: string;
  readonly tooltip: string;
  readonly contextValue: string;
  readonly iconPath: { readonly id: string };
  readonly collapsibleState: number;
  readonly accessibilityInformation: { readonly label: string };
  readonly command?: { readonly command: string; readonly arguments: unknown[] };
}

function open(changes: Partial<FixDraft> = {}) {
  const fixes = new Fixes(new FakeStore() as never, createRedactor(), () => undefined);
  fixes.add(sampleFix(changes));
  const tree = new FixTree(fixes);
  const item = (node: FixNode) => tree.getTreeItem(node) as unknown as Item;
  const [root] = tree.getChildren();
  const steps = () => tree.getChildren(root);
  const step = (name: string) => steps().find((node) => node.kind === 'fixStep' && node.state.step === name)!;
  return { fixes, tree, item, root: root!, steps, step };
}

describe('the view of drafted fixes', () => {
  it('has a row for each fix with its steps as a checklist', () => {
    const { item, root, steps } = open();
    assert.equal(item(root).label, 'Revert fef1cf7 for "Checkout fails"');
    assert.equal(item(root).contextValue, 'fix');
    assert.deepEqual(
      steps().map((node) => item(node).accessibilityInformation.label),
      [
        'Branch, done, aidog/checkout-fails-revert-fef1cf7, from origin/main',
        'Changed files, done, 1',
        'Conflicts, done, none',
        'Tests, next',
        'Commit, later',
        'Push, later',
        'Draft pull request, later',
      ],
    );
  });

  it('gives a button only to steps that can be done now', () => {
    const { item, steps } = open();
    assert.deepEqual(
      steps().map((node) => item(node).contextValue),
      [
        'fixStep.branch.can',
        'fixStep.files.can',
        'fixStep.conflicts.cannot',
        'fixStep.tests.can',
        'fixStep.commit.can',
        'fixStep.push.cannot',
        'fixStep.pullRequest.cannot',
      ],
    );
  });

  it('has buttons only on steps whose button does something now', () => {
    const { item, steps } = open();
    const patterns = manifest.contributes.menus['view/item/context'].flatMap(({ when, group }) => {
      const [, pattern] = /viewItem =~ \/(\^fixStep.*)\/$/.exec(when) ?? [];
      return pattern !== undefined && group.startsWith('inline') ? [new RegExp(pattern)] : [];
    });
    const shown = steps().filter((node) => patterns.some((pattern) => pattern.test(item(node).contextValue)));
    assert.deepEqual(
      shown.map((node) => node.kind === 'fixStep' && node.state.step),
      ['files', 'tests', 'commit'],
    );
  });

  it('writes nothing when a row is clicked: rows only show files, changes, the pull request and output', () => {
    const writing = ['continueFix', 'runFixTests', 'commitFix', 'pushFix', 'discardFix'].map((name) => commandIds[name as 'commitFix']);
    const pullRequest = { number: 4, url: 'https://github.com/acme/shop/pull/4', isDraft: true };
    for (const changes of [
      {},
      { contents: committedContents(), push: samplePush },
      { contents: committedContents(), push: samplePush, pullRequest },
    ]) {
      const { item, steps } = open(changes);
      const commands = steps().flatMap((node) => item(node).command?.command ?? []);
      assert.deepEqual(
        commands.filter((command) => writing.includes(command as never)),
        [],
      );
    }
    const { item, step } = open({ contents: committedContents(), push: samplePush, pullRequest });
    assert.equal(item(step('pullRequest')).command?.command, 'aidog.openFixPullRequest');
    assert.match(item(step('pullRequest')).contextValue, /^fixStep\.pullRequest\.opened$/);
    assert.equal(open({ contents: committedContents(), push: samplePush }).item(open().step('pullRequest')).command, undefined);
  });

  it('lists changed files, each leading to its diff', () => {
    const file = { path: 'src/new.js', previousPath: 'src/old.js', status: 'renamed' as const };
    const { tree, item, step } = open({ contents: sampleContents({ files: [file], untracked: ['x'] }) });
    const [row] = tree.getChildren(step('files'));
    const shown = item(row!);
    assert.deepEqual([shown.label, shown.description, shown.tooltip], ['new.js', 'src', 'src/old.js → src/new.js']);
    assert.deepEqual(shown.command, {
      command: 'aidog.openFixFile',
      title: 'src/new.js',
      arguments: [{ kind: 'fixFile', fixId: 'fix-1', file }],
    });
    assert.equal(item(step('files')).description, '1, without 1 new');
  });

  it('lists conflicts, opened, and what to do about each', () => {
    const conflicts = [
      { path: 'a.js', kind: 'markers' as const },
      { path: 'b.bin', kind: 'choice' as const },
    ];
    const { tree, item, step } = open({ contents: sampleContents({ conflicts }) });
    assert.deepEqual([item(step('conflicts')).collapsibleState, item(step('files')).collapsibleState], [2, 1]);
    const rows = tree.getChildren(step('conflicts')).map(item);
    assert.match(rows[0]!.tooltip, /delete the markers, save, then continue/);
    assert.match(rows[1]!.tooltip, /One of two versions must be chosen/);
    assert.equal(item(step('conflicts')).description, '2');
  });

  it('shows why a step failed, with what was printed a click away', () => {
    const failure = { step: 'commit' as const, message: 'A hook refused.', output: 'lint' };
    const { item, step } = open({ failure });
    const shown = item(step('commit'));
    assert.deepEqual([shown.iconPath.id, shown.description, shown.contextValue], ['error', 'A hook refused.', 'fixStep.commit.can.output']);
    assert.equal(shown.command?.command, 'aidog.showFixOutput');
    assert.match(shown.tooltip, /^Commit: failed\nA hook refused\.$/);
  });

  it('turns the icon of the step that runs', async () => {
    const { fixes, item, step } = open();
    let seen = '';
    await fixes.carryOut('fix-1', 'tests', async () => {
      seen = item(step('tests')).iconPath.id;
      return null;
    });
    assert.equal(seen, 'loading~spin');
  });

  it('says in words which step is next, and once to a screen reader', () => {
    const { item, step } = open();
    assert.deepEqual([item(step('tests')).description, item(step('commit')).description], ['next', '']);
    assert.equal(item(step('tests')).accessibilityInformation.label, 'Tests, next');
  });

  it('says how tests, commit and push stand', () => {
    const described = (changes: Partial<FixDraft>, name: string) => {
      const { item, step } = open(changes);
      return item(step(name)).description;
    };
    const tests = { command: 'npm test', exitCode: 0, fingerprint: 'one' };
    assert.equal(described({ tests }, 'tests'), 'passed: npm test');
    assert.equal(described({ tests: { ...tests, exitCode: 2 } }, 'tests'), 'exit code 2: npm test');
    assert.equal(described({ tests: { ...tests, exitCode: null } }, 'tests'), 'stopped: npm test');
    assert.equal(described({ tests: { ...tests, fingerprint: 'two' } }, 'tests'), 'files changed since: npm test');
    assert.equal(described({ contents: committedContents() }, 'commit'), 'ccccccc');
    assert.equal(described({ contents: committedContents({ isDirty: true }) }, 'commit'), 'changed since ccccccc');
    assert.equal(described({ contents: committedContents(), push: samplePush }, 'push'), 'ccccccc at origin');
  });

  it('tells all about the branch where it is hovered', () => {
    const { item, step } = open({ isWorkingTreeDirty: true, patch: { ...sampleFix().patch, isMerge: true } });
    const { tooltip } = item(step('branch'));
    assert.match(tooltip, /begins at origin\/main \(aaaaaaa\)/);
    assert.match(tooltip, /checked out in \/storage\/fixes\/checkout; your working tree is not touched/);
    assert.match(tooltip, /A merge is undone/);
    assert.match(tooltip, /changes of its own; they are no part of the fix/);
  });

  it('shows nothing of a fix that is gone', () => {
    const { fixes, tree, root } = open();
    fixes.remove('fix-1');
    assert.deepEqual([tree.getChildren(), tree.getChildren(root), tree.getTreeItem(root).label], [[], [], '']);
  });
});
