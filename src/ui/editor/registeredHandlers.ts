import * as vscode from 'vscode';
import { registeredHandler } from '../../code/routeHandler';
import { isKnownFile } from './workspaceFiles';

/** A line that tracers name as the origin of requests. */
export interface OriginLine {
  /** File-system path. */
  readonly file: string;
  /** What is saved there. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
  readonly column: number | null;
}

export interface HandlerPlace {
  readonly file: string;
  /** Line (from 1) at which the handler begins. */
  readonly line: number;
}

export interface HandlerResolver {
  /** The handler that a line registers, which may be in another file; null when it registers none or none is found. */
  resolve(origin: OriginLine): Promise<HandlerPlace | null>;
}

/** A language's extension may still be starting; after this the lens stands at the registration. */
const definitionTimeoutMs = 5000;
const mostRemembered = 500;

/**
 * Finds handlers through the language's own "go to definition". Answers are remembered as long as the file is the same; a name
 * that was not found is asked for again, since the language may have been starting.
 */
export function createHandlerResolver(): HandlerResolver {
  const known = new Map<string, HandlerPlace>();
  return {
    async resolve({ file, text, line, column }) {
      const handler = registeredHandler(text, line, column);
      if (handler === null) return null;
      const at = positionAt(text, handler.offset);
      if (handler.kind === 'inline') return { file, line: at.line + 1 };
      const key = JSON.stringify([file, at.line, at.character, text.length, handler.name, lineAt(text, handler.offset)]);
      const place = known.get(key) ?? (await definitionOf(file, at));
      if (place) remember(known, key, place);
      return place;
    },
  };
}

/** Keeps what was used last: a map holds its keys in the order in which they were set. */
function remember(known: Map<string, HandlerPlace>, key: string, place: HandlerPlace): void {
  known.delete(key);
  known.set(key, place);
  if (known.size <= mostRemembered) return;
  const [oldest = ''] = known.keys();
  known.delete(oldest);
}

async function definitionOf(file: string, at: vscode.Position): Promise<HandlerPlace | null> {
  const late = new Promise<null>((resolve) => setTimeout(resolve, definitionTimeoutMs, null).unref());
  try {
    const uri = vscode.Uri.file(file);
    await vscode.workspace.openTextDocument(uri);
    const asked = vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[] | undefined>(
      'vscode.executeDefinitionProvider',
      uri,
      at,
    );
    for (const found of (await Promise.race([asked, late])) ?? []) {
      const target = 'targetUri' in found ? found.targetUri : found.uri;
      const range = 'targetUri' in found ? (found.targetSelectionRange ?? found.targetRange) : found.range;
      if (isKnownFile(target)) return { file: target.fsPath, line: range.start.line + 1 };
    }
  } catch {
    // A language that fails is as one that does not know.
  }
  return null;
}

function positionAt(text: string, offset: number): vscode.Position {
  const before = text.slice(0, offset).split('\n');
  return new vscode.Position(before.length - 1, before.at(-1)?.length ?? 0);
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset) + 1, end === -1 ? undefined : end);
}
