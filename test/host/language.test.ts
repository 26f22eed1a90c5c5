import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { extension, tryDemo, until } from './extension';

describe('code lenses in VS Code', () => {
  it('stand on the functions that the incident touched, one each, and keep still while typing', async () => {
    const { found } = await tryDemo('throwing-path');
    const hit = found.codeHits?.find(({ workspace }) => workspace?.path.endsWith('.js'));
    assert.ok(hit?.workspace, 'the investigation names no place in the workspace');
    const document = await vscode.workspace.openTextDocument(path.join(hit.workspace.root, hit.workspace.path));
    const lenses = () => vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 50);
    const ours = async () => (await lenses()).filter(({ command }) => command?.command.startsWith('aidog.'));
    const shown = await until('a lens', async () => ((await ours()).length > 0 ? ours() : null));
    const lines = shown.map(({ range }) => range.start.line);
    assert.equal(new Set(lines).size, lines.length);
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(document.lineCount - 1, 0), ' '));
    try {
      assert.equal((await ours()).length, shown.length);
    } finally {
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
  });

  it('are written in every language that the manifest speaks', () => {
    const english = Object.keys(JSON.parse(readFileSync(path.join(extension().extensionPath, 'package.nls.json'), 'utf8')));
    const used = JSON.stringify(extension().packageJSON).match(/"%[\w.]+%"/g) ?? [];
    assert.deepEqual(used, [], 'placeholders without a text');
    assert.ok(english.length > 0);
  });
});
