import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { extension, leaveMeasurement, tryDemo, until } from './extension';

interface Planted {
  readonly commit: string;
  readonly file: string;
  readonly line: number;
  readonly headLine: number;
  readonly code: string;
}

const scenario = (id: string): { planted: Planted | null } => {
  const file = path.join(extension().extensionPath, 'media', 'demo', 'shop', 'history.json');
  return JSON.parse(readFileSync(file, 'utf8')).scenarios.find((one: { id: string }) => one.id === id);
};

/** The line that the cursor stands in. */
const cursor = () => {
  const editor = vscode.window.activeTextEditor;
  return editor
    ? {
        file: editor.document.uri.path,
        line: editor.selection.active.line + 1,
        text: editor.document.lineAt(editor.selection.active.line).text,
      }
    : null;
};

describe('the demo incident in VS Code', () => {
  for (const id of ['throwing-path', 'n-plus-one']) {
    it(`names the planted commit of ${id} and opens the line that it has become`, async () => {
      const { planted } = scenario(id);
      const snapshot = await tryDemo(id);
      assert.equal(snapshot.status, 'done', snapshot.problem ?? '');
      assert.equal(snapshot.found.rootCauseCommit, planted!.commit);
      const top = snapshot.found.hypotheses![0]!;
      assert.deepEqual([top.location?.file, top.location?.line], [planted!.file, planted!.line]);
      await vscode.commands.executeCommand('aidog.openOffendingFile');
      const opened = await until('the file to open', () => (cursor()?.file.endsWith(planted!.file) ? cursor() : null));
      assert.equal(opened.line, planted!.headLine);
      assert.ok(opened.text.includes(planted!.code), opened.text);
    });
  }

  it('follows the line through edits that are not saved', async () => {
    const { planted } = scenario('throwing-path');
    await tryDemo('throwing-path');
    await vscode.commands.executeCommand('aidog.openOffendingFile');
    const editor = await until('the file to open', () => (cursor()?.file.endsWith(planted!.file) ? vscode.window.activeTextEditor! : null));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// one\n// two\n'));
    try {
      editor.selection = new vscode.Selection(0, 0, 0, 0);
      await vscode.commands.executeCommand('aidog.openOffendingFile');
      const opened = await until('the cursor to move', () => (cursor()?.line === planted!.headLine + 2 ? cursor() : null));
      assert.ok(opened.text.includes(planted!.code), opened.text);
    } finally {
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
  });

  it('blames no commit for the outage of the acquirer', async () => {
    const { found } = await tryDemo('acquirer-outage');
    assert.equal(found.rootCauseCommit, null);
    assert.equal(found.verdict, 'external');
  });

  it('finds a runbook that was kept when the incident comes again', async () => {
    await tryDemo('throwing-path');
    await vscode.commands.executeCommand('aidog.keepRunbook');
    const editor = await until('the draft to open', () => {
      const shown = vscode.window.activeTextEditor;
      return shown?.document.uri.path.includes('/runbooks/') ? shown : null;
    });
    const { uri } = editor.document;
    try {
      assert.match(editor.document.getText(), /^---\nservices: \[checkout/);
      const { found } = await tryDemo('throwing-path');
      assert.deepEqual(
        found.runbooks?.filter(({ origin }) => origin === 'learned').map(({ path: name }) => name),
        [uri.path.split('/').at(-1)],
      );
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await vscode.workspace.fs.delete(uri);
    }
  });

  it('keeps the event loop of the extension host free while it investigates', async () => {
    await tryDemo('throwing-path');
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const startMs = performance.now();
    const { found } = await tryDemo('throwing-path');
    const elapsedMs = performance.now() - startMs;
    delay.disable();
    leaveMeasurement({
      name: 'event-loop delay of the extension host, p99',
      value: delay.percentile(99) / 1e6,
      unit: 'ms',
      limit: { at: 'most', value: 20 },
    });
    leaveMeasurement({
      name: 'demo incident in VS Code, command to report',
      value: elapsedMs,
      unit: 'ms',
      limit: { at: 'most', value: 3000 },
    });
    assert.ok((found.usage?.apiCalls ?? 99) <= 15, `${found.usage?.apiCalls} calls`);
  });

  it('shows the heading before the engine has answered', async () => {
    const api = await extension().activate();
    const before = api.lastSnapshot()?.runId;
    const startMs = performance.now();
    const running = vscode.commands.executeCommand('aidog.tryDemo', 'throwing-path');
    const first = await until('the first snapshot', () => (api.lastSnapshot()?.runId !== before ? api.lastSnapshot() : null));
    leaveMeasurement({
      name: 'first content in the panel after the command',
      value: performance.now() - startMs,
      unit: 'ms',
      limit: { at: 'most', value: 500 },
    });
    assert.notEqual(first.subject, '');
    await running;
  });

  it('says in one sentence what to do when no key is stored', async () => {
    const api = await extension().activate();
    const { status, problem } = await api.investigate({ kind: 'monitor', id: 1 });
    assert.equal(status, 'failed');
    assert.match(problem ?? '', /Configure Datadog/);
  });

  it('says what to mend when a recording cannot be read', async () => {
    const api = await extension().activate();
    const { status, problem } = await api.investigate({
      kind: 'recording',
      dir: path.join(extension().extensionPath, 'media', 'walkthrough'),
    });
    assert.equal(status, 'failed');
    assert.match(problem ?? '', /recording/);
  });
});
