import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { extension, until } from './extension';

interface Planted {
  readonly commit: string;
  readonly file: string;
  readonly line: number;
  readonly headLine: number;
  readonly code: string;
}

const planted = (): Planted => {
  const file = path.join(extension().extensionPath, 'media', 'demo', 'shop', 'history.json');
  return JSON.parse(readFileSync(file, 'utf8')).scenarios.find(({ id }: { id: string }) => id === 'throwing-path').planted;
};

/** As checkout prints it in production; the folder names the commit that was deployed. */
const traceOf = ({ commit, file, line }: Planted) =>
  [
    "TypeError: Cannot read properties of undefined (reading 'tier')",
    `    at Object.part (/srv/shop/releases/checkout-${commit.slice(0, 7)}/${file}:${line}:74)`,
    '    at Array.reduce (<anonymous>)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:104:5)',
  ].join('\n');

const root = () => vscode.workspace.workspaceFolders![0]!.uri.fsPath;

const cursor = () => {
  const editor = vscode.window.activeTextEditor;
  return editor ? { file: editor.document.uri.path, line: editor.selection.active.line + 1 } : null;
};

const landsOn = (file: string, line: number) =>
  until(`the cursor in ${file}:${line}`, () => (cursor()?.file.endsWith(file) && cursor()?.line === line ? cursor() : null));

/** Closes everything without being asked what to do with changes. */
const closeAll = async () => {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
};

describe('stack traces in VS Code', () => {
  afterEach(closeAll);

  it('lead from the clipboard to the line that the deployed one has become', async () => {
    const place = planted();
    await vscode.env.clipboard.writeText(traceOf(place));
    await vscode.commands.executeCommand('aidog.resolveStack');
    await landsOn(place.file, place.headLine);
    assert.ok(vscode.window.activeTextEditor?.document.lineAt(place.headLine - 1).text.includes(place.code));
  });

  it('lead from a selection to the line, through edits that are not saved', async () => {
    const place = planted();
    const code = await vscode.workspace.openTextDocument(path.join(root(), place.file));
    const editor = await vscode.window.showTextDocument(code);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// one\n// two\n// three\n'));
    const log = await vscode.workspace.openTextDocument({ content: `before\n${traceOf(place)}\nafter\n` });
    const shown = await vscode.window.showTextDocument(log);
    shown.selection = new vscode.Selection(0, 0, log.lineCount - 1, 0);
    await vscode.commands.executeCommand('aidog.resolveStack');
    await landsOn(place.file, place.headLine + 3);
    assert.ok(vscode.window.activeTextEditor?.document.lineAt(place.headLine + 2).text.includes(place.code));
  });

  it('are links in a log', async () => {
    const place = planted();
    const log = await vscode.workspace.openTextDocument({ language: 'log', content: `2026-11-20 ERROR\n${traceOf(place)}\n` });
    const links = () => vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', log.uri, 50);
    const link = await until('a link', async () => (await links()).find(({ target }) => target?.fragment === `L${place.headLine}`) ?? null);
    assert.ok(link.target?.path.endsWith(place.file));
    assert.ok(log.getText(link.range).includes(`${path.basename(place.file)}:${place.line}`));
  });

  it('show the file as it was deployed beside the file as it is', async () => {
    const place = planted();
    await vscode.env.clipboard.writeText(traceOf(place));
    await vscode.commands.executeCommand('aidog.resolveStack');
    await landsOn(place.file, place.headLine);
    await vscode.commands.executeCommand('aidog.showDeployed');
    const tab = await until('the diff', () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputTextDiff ? input : null;
    });
    const deployed = (await vscode.workspace.openTextDocument(tab.original)).getText();
    const expected = execFileSync('git', ['-C', root(), 'show', `${place.commit}:${place.file}`], { encoding: 'utf8' });
    assert.equal(deployed, expected);
    assert.ok(tab.modified.path.endsWith(place.file));
  });
});
