import * as vscode from 'vscode';

const functionKinds = new Set([vscode.SymbolKind.Function, vscode.SymbolKind.Method, vscode.SymbolKind.Constructor]);
const holderKinds = new Set([vscode.SymbolKind.Variable, vscode.SymbolKind.Constant, vscode.SymbolKind.Property, vscode.SymbolKind.Field]);

/**
 * The line (from 0) at which the function that contains `line` (from 0) begins: the innermost function, else the innermost
 * variable over several lines, since language servers call `const f = () => {…}` that; else the line itself.
 */
export function functionStart(symbols: readonly vscode.DocumentSymbol[], line: number): number {
  const around = enclosing(symbols, line);
  const found =
    around.findLast(({ kind }) => functionKinds.has(kind)) ??
    around.findLast((symbol) => holderKinds.has(symbol.kind) && !symbol.range.isSingleLine);
  return found ? found.selectionRange.start.line : line;
}

/** Symbols around the line, outermost first. */
function enclosing(symbols: readonly vscode.DocumentSymbol[], line: number): vscode.DocumentSymbol[] {
  const found = symbols.find(({ range }) => range.start.line <= line && line <= range.end.line);
  return found ? [found, ...enclosing(found.children, line)] : [];
}

/** What the language's extension says about the document; empty when it says nothing or takes longer than `timeoutMs`. */
export async function symbolsOf(uri: vscode.Uri, timeoutMs: number): Promise<readonly vscode.DocumentSymbol[]> {
  const late = new Promise<null>((resolve) => setTimeout(resolve, timeoutMs, null).unref());
  try {
    const asked = vscode.commands.executeCommand<readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    const answer = await Promise.race([asked, late]);
    return (answer ?? []).filter((symbol) => 'selectionRange' in symbol);
  } catch {
    return [];
  }
}
