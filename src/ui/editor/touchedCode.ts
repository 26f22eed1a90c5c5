import * as vscode from 'vscode';
import type { WorkingTreeLocation } from '../../domain/frame';
import type { Clock, Log } from '../../domain/ports';
import type { Run } from '../investigations';
import { pathOf } from '../openLocation';
import type { ShownRun } from '../shownRun';
import { type Failure, failuresOfPaths, failuresOfRun, merged } from './failure';
import { type FunctionLoad, loadOfHit, loadOfPath } from './functionLoad';
import type { HotPaths } from './hotPaths';
import type { HandlerResolver } from './registeredHandlers';

/** Where something was measured in a file. */
export interface Spot {
  /** Line from 1 in the measured text. */
  readonly line: number;
  /** The line is where the function begins; else the function around it is meant. */
  readonly isFunction: boolean;
  readonly load: FunctionLoad;
}

/** A file of the workspace that telemetry speaks of. */
export interface TouchedFile {
  /** What was saved when it was measured, which all lines refer to; null when it could not be read. */
  readonly text: string | null;
  readonly spots: readonly Spot[];
  readonly failures: readonly Failure[];
}

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number | null;
  readonly load: FunctionLoad;
}

export interface TouchedCodeOptions {
  readonly shown: ShownRun;
  readonly hotPaths: HotPaths;
  readonly handlers: HandlerResolver;
  readonly log: Log;
  readonly clock: Clock;
}

/** Larger files are not followed. */
const mostCharacters = 2_000_000;

/** What the shown investigation and the traffic of now say about the files of the workspace. */
export class TouchedCode implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #files: ReadonlyMap<string, TouchedFile> = new Map();
  #run: Run | null = null;
  #generation = 0;
  #settled: Promise<void> = Promise.resolve();

  readonly onDidChange = this.#changed.event;

  constructor(private readonly options: TouchedCodeOptions) {
    this.#subscriptions = vscode.Disposable.from(
      options.shown.onDidChange((run) => this.#follow(run)),
      options.hotPaths.onDidChange(({ kind }) => kind !== 'loading' && this.#rebuild()),
    );
  }

  /** By file-system path. */
  get files(): ReadonlyMap<string, TouchedFile> {
    return this.#files;
  }

  /** The investigation that the files speak of, or null. */
  get run(): Run | null {
    return this.#run;
  }

  /** Resolves when all that has arrived is in {@link files}. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  dispose(): void {
    this.#generation += 1;
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  /** Takes a run over, once for each time that its findings about code change. */
  #follow(run: Run): void {
    const before = this.#run?.snapshot;
    const { snapshot } = run;
    this.#run = run;
    const isSame =
      before?.runId === snapshot.runId &&
      before.found.codeHits === snapshot.found.codeHits &&
      before.found.hypotheses === snapshot.found.hypotheses &&
      before.found.verdict === snapshot.found.verdict;
    if (!isSame) this.#rebuild();
  }

  #rebuild(): void {
    this.#generation += 1;
    const generation = this.#generation;
    this.#settled = this.#build()
      .then((files) => {
        if (generation !== this.#generation) return;
        this.#files = files;
        this.#changed.fire();
      })
      .catch((error: unknown) => this.options.log.error('What telemetry says about the code could not be placed.', error));
  }

  async #build(): Promise<ReadonlyMap<string, TouchedFile>> {
    const { hotPaths, handlers } = this.options;
    const run = this.#run;
    const known = hotPaths.paths;
    const places = [...placesOfRun(run), ...placesOfPaths(known)];
    const failures = merged([...(run ? failuresOfRun(run) : []), ...failuresOfPaths(known)]);
    const texts = await readAll([...places, ...failures].map(({ file }) => file));
    const spots: { file: string; spot: Spot }[] = [];
    for (const { file, line, column, load } of places) {
      const text = texts.get(file) ?? null;
      const found = load.isEntry && text !== null ? await handlers.resolve({ file, text, line, column }) : null;
      spots.push({ file: found?.file ?? file, spot: { line: found?.line ?? line, isFunction: found !== null, load } });
    }
    const others = spots.map(({ file }) => file).filter((file) => !texts.has(file));
    for (const [file, text] of await readAll(others)) texts.set(file, text);
    return filesOf(texts, spots, failures);
  }
}

function filesOf(
  texts: ReadonlyMap<string, string | null>,
  spots: readonly { readonly file: string; readonly spot: Spot }[],
  failures: readonly Failure[],
): ReadonlyMap<string, TouchedFile> {
  const files = [...texts].map(([file, text]) => {
    const own = spots.filter((one) => one.file === file).map(({ spot }) => spot);
    return [file, { text, spots: own, failures: failures.filter((one) => one.file === file) }] as const;
  });
  return new Map(files);
}

function placesOfRun(run: Run | null): Place[] {
  return (run?.snapshot.found.codeHits ?? []).flatMap((hit) =>
    run && isThere(hit.workspace)
      ? [{ file: pathOf(hit.workspace), line: hit.workspace.line, column: null, load: loadOfHit(hit, run) }]
      : [],
  );
}

function placesOfPaths(known: HotPaths['paths']): Place[] {
  return known.flatMap((one) => {
    const { workspace, column } = one.path;
    return isThere(workspace) ? [{ file: pathOf(workspace), line: workspace.line, column, load: loadOfPath(one) }] : [];
  });
}

const isThere = (workspace: WorkingTreeLocation | null): workspace is WorkingTreeLocation =>
  workspace !== null && workspace.status !== 'deleted';

async function readAll(files: readonly string[]): Promise<Map<string, string | null>> {
  const unique = [...new Set(files)];
  return new Map(await Promise.all(unique.map(async (file) => [file, await readText(file)] as const)));
}

async function readText(file: string): Promise<string | null> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.file(file)));
    return text.length > mostCharacters ? null : text;
  } catch {
    return null;
  }
}
