import * as vscode from 'vscode';
import type { Clock, Log } from '../../domain/ports';
import type { LensArgument } from '../commandArguments';
import { commandIds } from '../commands';
import { readCodeLensSettings } from '../settings';
import type { FunctionLoad } from './functionLoad';
import { functionStart, symbolsOf } from './functionOf';
import { combine, isNotable, lensText, lensTooltip } from './lensText';
import { createLineFinder, type MovingLine, shiftLines } from './lines';
import type { TouchedCode, TouchedFile } from './touchedCode';

/** A language's extension may still be starting; after this the lens stands at the line instead of the function. */
const symbolTimeoutMs = 5000;
/** While somebody types quickly the functions are asked for anew at most so often. */
const mostTries = 3;

/** A lens at a line (from 0) of an open document. */
interface Placed extends MovingLine {
  /** What the investigation measured in the function, and what the traffic of now is. */
  readonly incident: FunctionLoad | null;
  readonly traffic: FunctionLoad | null;
}

interface PlacedFile {
  readonly file: TouchedFile;
  readonly lenses: readonly Placed[];
}

/** Lenses above the functions that telemetry speaks of, at most one each; always from the cache. */
export class FunctionLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly #placed = new Map<string, PlacedFile>();
  readonly #placing = new Set<string>();

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(
    private readonly code: TouchedCode,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.#subscriptions = vscode.Disposable.from(
      code.onDidChange(() => this.#renew()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) =>
        shiftLines(this.#placed.get(document.uri.fsPath)?.lenses ?? [], contentChanges),
      ),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.#placed.delete(uri.fsPath)),
      vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('aidog.codeLens') && this.#changed.fire()),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const settings = readCodeLensSettings();
    const path = document.uri.fsPath;
    const file = this.code.files.get(path);
    if (!settings.isEnabled || !file || file.spots.length === 0) return [];
    const placed = this.#placed.get(path);
    if (placed?.file !== file) void this.#place(document, file);
    const nowMs = this.clock.nowMs();
    return (placed?.lenses ?? []).flatMap(({ line, incident, traffic }) => {
      const load = incident ?? traffic;
      if (load === null || !isWorthIt(load, settings)) return [];
      const title = lensText(load, settings.template, nowMs);
      const tooltips = [incident, traffic].flatMap((one) => (one ? [lensTooltip(one, nowMs)] : []));
      const command = { ...this.#commandFor(load, path), title, tooltip: tooltips.join('\n\n') };
      return [new vscode.CodeLens(new vscode.Range(line, 0, line, 0), command)];
    });
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  #commandFor(load: FunctionLoad, file: string): { command: string; arguments?: unknown[] } {
    const run = this.code.run;
    if (load.subject === null || !run) return { command: commandIds.refreshHotPaths };
    const argument: LensArgument = { runId: run.snapshot.runId, file };
    return { command: commandIds.showEvidence, arguments: [argument] };
  }

  /** Documents that show lenses get the new ones before the old ones go, so that the text does not jump. */
  #renew(): void {
    for (const path of this.#placed.keys()) if (!this.code.files.has(path)) this.#placed.delete(path);
    this.#changed.fire();
  }

  async #place(document: vscode.TextDocument, file: TouchedFile): Promise<void> {
    const path = document.uri.fsPath;
    if (this.#placing.has(path)) return;
    this.#placing.add(path);
    try {
      const lenses = await placeLenses(document, file);
      if (!document.isClosed) this.#placed.set(path, { file, lenses });
    } catch (error) {
      this.#placed.set(path, { file, lenses: [] });
      this.log.error('The functions of a file could not be found for CodeLens.', error);
    } finally {
      this.#placing.delete(path);
      this.#changed.fire();
    }
  }
}

function isWorthIt(load: FunctionLoad, settings: ReturnType<typeof readCodeLensSettings>): boolean {
  if (settings.notablePercent !== null && !isNotable(load, settings.notablePercent)) return false;
  return load.isQuiet || Math.max(load.now.requests, load.now.errors) >= settings.minimumRequests;
}

async function placeLenses(document: vscode.TextDocument, file: TouchedFile): Promise<Placed[]> {
  const symbols = await currentSymbols(document);
  const find = createLineFinder(file.text, document.getText());
  const byStart = new Map<number, FunctionLoad[]>();
  for (const { line, isFunction, load } of file.spots) {
    const found = find(line);
    if (found === null) continue;
    const at = Math.min(found.line, document.lineCount) - 1;
    const start = isFunction ? at : functionStart(symbols, at);
    byStart.set(start, [...(byStart.get(start) ?? []), load]);
  }
  return [...byStart].map(([line, loads]) => ({
    line,
    incident: combine(loads.filter(({ subject }) => subject !== null)),
    traffic: combine(loads.filter(({ subject }) => subject === null)),
  }));
}

/** The functions of the text as it is when they arrive, unless somebody types too fast. */
async function currentSymbols(document: vscode.TextDocument): Promise<readonly vscode.DocumentSymbol[]> {
  for (let tries = 1; ; tries += 1) {
    const { version } = document;
    const symbols = await symbolsOf(document.uri, symbolTimeoutMs);
    if (version === document.version || tries === mostTries) return symbols;
  }
}
