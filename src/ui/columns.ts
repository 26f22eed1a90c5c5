import * as vscode from 'vscode';
import { panelViewType } from './panel';

/** Where code is shown so that the panel stays in view: a column that shows a text already, else the first or second. */
export function columnBesidePanel(): vscode.ViewColumn {
  const panel = panelColumn();
  const texts = vscode.window.visibleTextEditors.map(({ viewColumn }) => viewColumn).filter((column) => column !== undefined);
  return texts.find((column) => column !== panel) ?? (panel === vscode.ViewColumn.One ? vscode.ViewColumn.Two : vscode.ViewColumn.One);
}

/** The column whose front tab is the panel. VS Code puts a word of its own before the view type. */
function panelColumn(): vscode.ViewColumn | undefined {
  const isPanel = ({ activeTab }: vscode.TabGroup) =>
    activeTab?.input instanceof vscode.TabInputWebview && activeTab.input.viewType.endsWith(panelViewType);
  return vscode.window.tabGroups.all.find(isPanel)?.viewColumn;
}
