import * as vscode from 'vscode';
import type { CodeHit } from '../domain/evidence';
import type { Log } from '../domain/ports';
import { combine, type FunctionLoad, lensText, lensTooltip } from './codeLensText';
import type { LensArgument } from './commandArguments';
import { commandIds } from './commands';
import { followLine } from './followLine';
import { functionStart, symbolsOf } from './functionOf';
import type { Run } from './investigations';
import { pathOf } from './openLocation';
import { readCodeLensSettings } from './settings';
import type { ShownRun } from './shownRun';

/** A language's extension may still be starting; after this the lens stands at the line instead of the function. */
const symbolTimeoutMs = 5000;

/** A lens at a line (from 0) of a document. */
interface Placed {
  line: number;
  readonly load: FunctionLoad;
}

/** A file that the shown investigation touched. `placed` is null until the functions are known. */
interface HitFile {
  readonly hits: readonly CodeHit[];
  placed: Placed[] | null;
  isPlacing: boolean;
}

/** Lenses above the functions that the spans and frames of the shown investigation hit; always from the cache. */
export class HitLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #files: ReadonlyMap<string, HitFile> = new Map();
  #run: Run | null = null;
  #hits: readonly CodeHit[] | undefined;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(
    shown: ShownRun,
    private readonly log: Log,
  ) {
    this.#subscriptions = vscode.Disposable.from(
      shown.onDidChange((run) => this.#take(run)),
      vscode.workspace.onDidChangeTextDocument((event) => this.#shift(event)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#unplace(uri)),
      vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('aidog.codeLens') && this.#changed.fire()),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const settings = readCodeLensSettings();
    const file = this.#files.get(document.uri.fsPath);
    const run = this.#run;
    if (!settings.isEnabled || !file || !run) return [];
    if (!file.placed) void this.#place(document, file);
    return (file.placed ?? [])
      .filter(({ load }) => Math.max(load.requests, load.errors) >= settings.minimumRequests)
      .map(({ line, load }) => {
        const title = lensText(load, settings.template);
        const tooltip = lensTooltip(load, run.subject);
        const argument: LensArgument = { runId: run.snapshot.runId, file: document.uri.fsPath };
        return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
          command: commandIds.showEvidence,
          title,
          tooltip,
          arguments: [argument],
        });
      });
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  /** Takes the hits of a run over, once for each time that they change. */
  #take(run: Run): void {
    this.#run = run;
    const hits = run.snapshot.found.codeHits;
    if (hits === this.#hits) return;
    this.#hits = hits;
    const byFile = grouped((hits ?? []).filter(isPlaceable), ({ workspace }) => pathOf(workspace));
    this.#files = new Map([...byFile].map(([path, inFile]) => [path, { hits: inFile, placed: null, isPlacing: false }]));
    this.#changed.fire();
  }

  async #place(document: vscode.TextDocument, file: HitFile): Promise<void> {
    if (file.isPlacing) return;
    file.isPlacing = true;
    try {
      const symbols = await symbolsOf(document.uri, symbolTimeoutMs);
      const starts = await Promise.all(
        file.hits.map(async (hit) => {
          const line = await followLine(document, hit.workspace?.line ?? 1);
          return { hit, start: line === null ? null : functionStart(symbols, Math.min(line, document.lineCount) - 1) };
        }),
      );
      const byStart = grouped(starts, ({ start }) => start);
      byStart.delete(null);
      file.placed = [...byStart].map(([start, group]) => ({ line: start ?? 0, load: combine(group.map(({ hit }) => hit)) }));
      this.#changed.fire();
    } catch (error) {
      file.placed = [];
      this.log.error('The functions of a file could not be found for CodeLens.', error);
    } finally {
      file.isPlacing = false;
    }
  }

  /** Moves lenses along with the text while somebody types, so that none appears or vanishes. */
  #shift({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    for (const lens of this.#files.get(document.uri.fsPath)?.placed ?? []) {
      for (const { range, text } of contentChanges) {
        if (range.end.line >= lens.line && !(range.end.line === lens.line && range.end.character === 0)) continue;
        lens.line += text.split('\n').length - 1 - (range.end.line - range.start.line);
      }
    }
  }

  /** A closed file may change on disk; it is placed anew when it is opened again. */
  #unplace(uri: vscode.Uri): void {
    const file = this.#files.get(uri.fsPath);
    if (file) file.placed = null;
  }
}

type PlaceableHit = CodeHit & { readonly workspace: NonNullable<CodeHit['workspace']> };

const isPlaceable = (hit: CodeHit): hit is PlaceableHit => hit.workspace !== null && hit.workspace.status !== 'deleted';

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
