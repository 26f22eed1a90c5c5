import * as vscode from 'vscode';
import type { Investigations, Run } from './investigations';

/** Which investigation the panel, and the commands that speak of "the" investigation, are about. */
export class ShownRun implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Run>();
  readonly #subscription: vscode.Disposable;
  #runId: string | null = null;
  #latestId: string | null = null;

  /** Fires when another run is shown and when the shown one changes. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly investigations: Investigations) {
    this.#subscription = investigations.onDidChange((run) => this.#follow(run));
  }

  get run(): Run | null {
    return this.#runId === null ? null : this.investigations.get(this.#runId);
  }

  select(run: Run): void {
    this.#runId = run.snapshot.runId;
    this.#changed.fire(run);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** A run that has just begun is shown at once; changes of others are not. */
  #follow(run: Run): void {
    const latestId = this.investigations.latest?.snapshot.runId ?? null;
    const isNew = latestId !== this.#latestId;
    this.#latestId = latestId;
    if (isNew) this.#runId = latestId;
    if (run.snapshot.runId === this.#runId) this.#changed.fire(run);
  }
}
