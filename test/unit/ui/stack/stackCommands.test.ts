import assert from 'node:assert/strict';
import { createContextKeys } from '../../../../src/ui/contextKeys';
import type { Run } from '../../../../src/ui/investigations';
import { createStackFeature } from '../../../../src/ui/stack/stackCommands';
import { framesOf, stackNodes } from '../../../../src/ui/stack/stackNodes';
import { resolvedException, resolvedFrame, resolvedTrace } from '../../../fakes/resolvedTraces';
import { createFakeReport, createFakeRequests } from '../../../fakes/stackEngine';
import { fake, Range, Uri, window, workspace } from '../../../fakes/vscode';
import { FakeDocument } from '../../../fakes/vscodeParts';

const text = 'Error: x\n    at a (a.js:1:1)';
const unknown = resolvedFrame({ workspace: { ...resolvedFrame().workspace!, status: 'unknown' } });

function open(frame = resolvedFrame(), shown: Run | null = null) {
  fake.reset();
  workspace.workspaceFolders = [{ uri: Uri.file('/shop') }];
  const trace = resolvedTrace([resolvedException([frame])]);
  const { engine, asked } = createFakeRequests({
    resolveStack: () => [trace],
    fetchCommit: () => ({ repositories: ['/shop'] }),
    readAtCommit: () => null,
  });
  const report = createFakeReport();
  const opened: unknown[] = [];
  const opener = { open: async (place: unknown) => opened.push(place) > 0, dispose: () => undefined };
  const log = { info: () => undefined, error: () => undefined };
  const feature = createStackFeature({ engine, opener, report, log, contextKeys: createContextKeys(), shown: () => shown });
  const names = () => asked.map(([name]) => name);
  return { feature, commands: feature.commands, asked, names, report, opened, trace };
}

const nodeOf = (trace: ReturnType<typeof resolvedTrace>) => framesOf(stackNodes([trace])[0]!)[0]!;

describe('the commands of stack traces', () => {
  it('take a selection before the clipboard', async () => {
    const { commands, asked } = open();
    fake.clipboard = `${text} copied`;
    await commands.resolveStack(undefined);
    const document = new FakeDocument(Uri.from({ scheme: 'untitled', path: 'x' }), text);
    window.activeTextEditor = { document, selections: [new Range(0, 0, 1, 19)] };
    await commands.resolveStack(undefined);
    assert.deepEqual(
      asked.map(([, params]) => params.text),
      [`${text} copied`, text],
    );
  });

  it('open a document to paste into where nothing is selected and nothing fit was copied', async () => {
    const { commands, asked } = open();
    await commands.resolveStack(undefined);
    fake.clipboard = 'a shopping list';
    await commands.resolveStack(undefined);
    assert.deepEqual([asked, fake.editors.length], [[], 2]);
  });

  it('resolve what is selected in the terminal, or say that nothing is', async () => {
    const { commands, asked, report } = open();
    await commands.resolveTerminalStack(undefined);
    assert.match(report.refused[0]!, /Nothing is selected in the terminal/);
    fake.terminalSelection = text;
    await commands.resolveTerminalStack(undefined);
    assert.equal(asked[0]![1].text, text);
  });

  it('act on the row of a menu, else on the selected one, else on the frame to look at first', async () => {
    const { commands, opened, report, trace } = open();
    await commands.openStackFrame({ kind: 'frame' });
    assert.match(report.refused[0]!, /Select a frame/);
    await commands.openStackFrame(nodeOf(trace));
    fake.clipboard = text;
    await commands.resolveStack(undefined);
    await commands.openStackFrame(undefined);
    assert.equal(opened.length, 3);
  });

  it('fetch the missing commit into the repository of the frame, then resolve anew', async () => {
    const { commands, names, asked, trace } = open(unknown);
    fake.clipboard = text;
    await commands.resolveStack(undefined);
    fake.answers.push('Fetch');
    await commands.fetchDeployedCommit(nodeOf(trace));
    assert.deepEqual(names(), ['resolveStack', 'fetchCommit', 'resolveStack']);
    assert.deepEqual(asked[1]![1], { commit: trace.commit, repositories: ['/shop'] });
  });

  it('fetch nothing where no commit is known', async () => {
    const { commands, names, report } = open(unknown);
    await commands.fetchDeployedCommit(nodeOf(resolvedTrace([resolvedException([unknown])], { commit: null })));
    assert.deepEqual(names(), []);
    assert.match(report.refused[0]!, /Set the deployed commit first/);
  });

  it('resolve anew with the commit that is set, and offer the service of the investigation', async () => {
    const run = { target: { kind: 'service', service: 'payments', env: null } } as Run;
    const { commands, asked, report } = open(resolvedFrame(), run);
    await commands.setStackCommit(undefined);
    assert.match(report.refused[0]!, /No stack trace has been resolved yet/);
    fake.clipboard = text;
    await commands.resolveStack(undefined);
    fake.answers.push('The service payments of the open investigation');
    await commands.setStackCommit(undefined);
    assert.deepEqual([asked[1]![1].service, asked[1]![1].commit], ['payments', null]);
    fake.answers.push('Enter a commit, tag or version…', 'v1.2');
    await commands.setStackCommit(undefined);
    assert.deepEqual([asked[2]![1].service, asked[2]![1].commit], ['payments', 'v1.2']);
  });

  it('leave the traces alone when a dialog is left', async () => {
    const { commands, names, trace } = open();
    fake.clipboard = text;
    await commands.resolveStack(undefined);
    await commands.setStackCommit(undefined);
    await commands.fetchDeployedCommit(nodeOf(trace));
    await commands.chooseFrameFile(nodeOf(trace));
    assert.deepEqual(names(), ['resolveStack']);
  });

  it('hide the view when it is cleared', async () => {
    const { commands } = open();
    fake.clipboard = text;
    await commands.resolveStack(undefined);
    await commands.clearStack(undefined);
    assert.equal(fake.contexts.get('aidog.hasStack'), false);
  });

  it('register links for terminals and logs, and give everything back', () => {
    const { feature } = open();
    assert.deepEqual([fake.linkProviders.length, fake.terminalLinkProviders.length, fake.treeViews.length], [1, 1, 1]);
    feature.dispose();
    const { documentChange, documentClose, terminalClose } = fake.events;
    assert.deepEqual(
      [documentChange, documentClose, terminalClose].map(({ listenerCount }) => listenerCount),
      [0, 0, 0],
    );
    assert.equal(fake.treeViews[0]!.isDisposed, true);
  });
});
