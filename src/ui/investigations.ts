import * as vscode from 'vscode';
import { cancelled } from '../domain/errors';
import type { ForecastActuals } from '../domain/forecastActuals';
import type { Clock, Log } from '../domain/ports';
import type { InvestigationTarget } from '../protocol/investigationTarget';
import type { Judgement, PanelSnapshot } from '../protocol/snapshot';
import type { EngineClient } from './engineClient';
import { applyEvent, beginSnapshot, failSnapshot, finishSnapshot, keepActuals } from './snapshotState';

/** What is asked for. */
export interface RunRequest {
  readonly target: InvestigationTarget;
  /** For a person: the monitor's name, the incident's title. */
  readonly subject: string;
  /** Folders whose code and history may be read; file-system paths. */
  readonly repositories: readonly string[];
  /** The page of the alert in Datadog, or null. */
  readonly link: string | null;
}

/** One investigation of this session. */
export interface Run extends RunRequest {
  readonly snapshot: PanelSnapshot;
}

/** Runs that are remembered until the window closes. */
const keptRuns = 10;

/** The investigations of this session, newest first: the truth that panel, tree, lenses and status bar show. */
export class Investigations implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Run>();
  readonly #ends = new Map<string, { readonly controller: AbortController; readonly ended: Promise<Run> }>();
  #runs: readonly Run[] = [];

  /** Fires for each change of a run, many times a second while one runs. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly engine: EngineClient,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  get runs(): readonly Run[] {
    return this.#runs;
  }

  get latest(): Run | null {
    return this.#runs[0] ?? null;
  }

  get(runId: string): Run | null {
    return this.#runs.find((run) => run.snapshot.runId === runId) ?? null;
  }

  /** Begins at once and returns before the engine answers; what ran before is called off. */
  start(request: RunRequest): Run {
    for (const { controller } of this.#ends.values()) controller.abort(cancelled());
    const run = { ...request, snapshot: beginSnapshot(crypto.randomUUID(), request.subject, this.clock.nowMs()) };
    const controller = new AbortController();
    this.#put(run);
    this.#ends.set(run.snapshot.runId, { controller, ended: this.#carryOut(run, controller.signal) });
    return run;
  }

  /** The run as it is when it has ended; never rejects. */
  async ended(run: Run): Promise<Run> {
    return (await this.#ends.get(run.snapshot.runId)?.ended) ?? this.get(run.snapshot.runId) ?? run;
  }

  cancel(runId: string): void {
    this.#ends.get(runId)?.controller.abort(cancelled());
  }

  /** Takes in a run of an earlier session, unless one is there already. */
  restore(run: Run): void {
    if (!this.get(run.snapshot.runId)) this.#put(run);
  }

  /** Takes in what a series of the run did since it was forecast. */
  readonly keepActuals = (runId: string, forecastId: string, actuals: ForecastActuals): void =>
    this.#update(runId, (snapshot) => keepActuals(snapshot, forecastId, actuals));

  readonly keepJudgement = (runId: string, judgement: Judgement): void => this.#update(runId, (snapshot) => ({ ...snapshot, judgement }));

  dispose(): void {
    for (const { controller } of this.#ends.values()) controller.abort(cancelled());
    this.#changed.dispose();
  }

  async #carryOut(run: Run, signal: AbortSignal): Promise<Run> {
    const { runId } = run.snapshot;
    const { target, repositories } = run;
    const progress = this.engine.follow(runId, (event) => this.#update(runId, (snapshot) => applyEvent(snapshot, event)));
    const account = this.engine.followSpending(runId, (spending) => this.#update(runId, (snapshot) => ({ ...snapshot, spending })));
    try {
      const investigation = await this.engine.request('investigate', { runId, target, repositories: [...repositories] }, { signal });
      this.#update(runId, (snapshot) => finishSnapshot(snapshot, investigation, this.clock.nowMs()));
    } catch (error) {
      this.log.error(`The investigation of "${run.subject}" ended early.`, error);
      this.#update(runId, (snapshot) => failSnapshot(snapshot, error, this.clock.nowMs()));
    } finally {
      progress.dispose();
      account.dispose();
      this.#ends.delete(runId);
    }
    return this.get(runId) ?? run;
  }

  #update(runId: string, change: (snapshot: PanelSnapshot) => PanelSnapshot): void {
    const run = this.get(runId);
    if (run) this.#put({ ...run, snapshot: change(run.snapshot) });
  }

  #put(run: Run): void {
    const { runId } = run.snapshot;
    const isKnown = this.get(runId) !== null;
    this.#runs = isKnown
      ? this.#runs.map((known) => (known.snapshot.runId === runId ? run : known))
      : [run, ...this.#runs].slice(0, keptRuns);
    this.#changed.fire(run);
  }
}
