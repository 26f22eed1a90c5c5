import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { tryDemo, until } from './extension';
import { openAccount, workspaceFile } from './hotPathAccount';

const lensesOf = async (uri: vscode.Uri) => {
  const all = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
  return all.filter(({ command }) => command?.command.startsWith('aidog.')).sort((a, b) => a.range.start.line - b.range.start.line);
};

const marksOf = (uri: vscode.Uri) => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'AIDog');

const revert = () => vscode.commands.executeCommand('workbench.action.files.revert');

describe('the failing line of the demo incident in VS Code', () => {
  /** The document with the planted line, once it is marked. */
  async function openPlanted() {
    const { found } = await tryDemo('throwing-path');
    const place = found.hypotheses?.[0]?.workspace;
    assert.ok(place, 'the investigation names no place');
    const document = await vscode.workspace.openTextDocument(path.join(place.root, place.path));
    const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    const marked = await until('a mark', () => marksOf(document.uri).find(({ message }) => message.includes('Likely cause')) ?? null);
    return { place, document, editor, marked };
  }

  it('is marked quietly, with what failed there and the way to the evidence', async () => {
    const { place, document, marked } = await openPlanted();
    assert.equal(marked.range.start.line, place.line - 1);
    assert.equal(marked.severity, vscode.DiagnosticSeverity.Information);
    assert.match(marked.message, /^Likely cause \(\d+ %\): .+ · \w*Error: .+ · \d+ errors in checkout · last seen /);
    assert.ok(typeof marked.code === 'object', 'there is no link');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, marked.range.start);
    const texts = hovers.flatMap(({ contents }) => contents).map((one) => (typeof one === 'string' ? one : one.value));
    assert.ok(
      texts.some((text) => text.includes('errors in checkout') && text.includes('command:aidog.showEvidence')),
      texts.join('\n'),
    );
  });

  it('keeps its mark while text is put above it, and loses it when it is changed', async () => {
    const { place, document, editor } = await openPlanted();
    const lines = () => marksOf(document.uri).map(({ range }) => range.start.line);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// one\n// two\n'));
    try {
      assert.ok(lines().includes(place.line + 1), lines().join());
      await editor.edit((edit) => edit.insert(new vscode.Position(place.line + 1, 0), 'await '));
      assert.ok(!lines().includes(place.line + 1), lines().join());
      await vscode.commands.executeCommand('undo');
      await until('the mark to come back', () => (lines().includes(place.line + 1) ? true : null));
    } finally {
      await revert();
    }
  });
});

describe('hot paths in VS Code', () => {
  let account: { close(): Promise<void> };

  before(async () => {
    account = await openAccount();
  });

  after(() => account.close());

  /** Looks at the traffic as a person would, and closes the list again. */
  async function look(uri: vscode.Uri) {
    const showing = vscode.commands.executeCommand('aidog.refreshHotPaths');
    try {
      return await until('lenses', async () => {
        const lenses = await lensesOf(uri);
        return lenses.length > 0 ? lenses : null;
      });
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      await showing;
    }
  }

  it('stand on the handlers that the routes register, one lens each, without an investigation', async () => {
    const document = await vscode.workspace.openTextDocument(workspaceFile('services/catalog/index.js'));
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    const lenses = await look(document.uri);
    const lines = lenses.map(({ range }) => range.start.line);
    assert.equal(new Set(lines).size, lines.length);
    assert.ok(lines.length >= 2, `${lines.length} lenses`);
    for (const line of lines) assert.match(document.lineAt(line).text, /route\(async \(/);
    for (const { command } of lenses) assert.match(command?.title ?? '', /^p95 [\d.]+ \S+.* · demo 1h$/);
  });

  it('follow a route to a handler that has a name', async () => {
    const document = await vscode.workspace.openTextDocument(workspaceFile('lib/service.js'));
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    const use = document.getText().indexOf('app.use(answerError)') + 'app.use('.length;
    await until('the language to be ready', async () => {
      const found = await vscode.commands.executeCommand<unknown[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        document.positionAt(use),
      );
      return found.length > 0 ? found : null;
    });
    await look(document.uri);
    const lenses = await until('a lens on the handler', async () => {
      const found = await lensesOf(document.uri);
      return found.some(({ range }) => document.lineAt(range.start.line).text.startsWith('function answerError(')) ? found : null;
    });
    assert.equal(lenses.length, 1);
  });
});
