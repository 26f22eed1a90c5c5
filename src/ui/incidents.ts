import * as vscode from 'vscode';
import { AppError, type ErrorKind } from '../domain/errors';
import { tagValue } from '../domain/timeSeries';
import type { DatadogConnection, OpenIncident } from '../protocol/engineApi';
import type { EngineClient } from './engineClient';

/** What is known about open incidents. `items` stay while a new look is under way or when it failed. */
export interface IncidentsState {
  readonly kind: 'unknown' | 'unconfigured' | 'loading' | 'ready' | 'failed';
  readonly items: readonly OpenIncident[];
  readonly problem: { readonly kind: ErrorKind; readonly error: unknown } | null;
}

export interface IncidentsOptions {
  readonly engine: EngineClient;
  readonly connection: () => Promise<DatadogConnection | null>;
  /** Only incidents of this environment; null for all. */
  readonly env: () => string | null;
}

/** Longest that one look for incidents may take. */
const timeoutMs = 60_000;

/** Open incidents and alerting monitors, as of the last look. */
export class Incidents implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<IncidentsState>();
  readonly #stop = new AbortController();
  #state: IncidentsState = { kind: 'unknown', items: [], problem: null };
  #looking: Promise<IncidentsState> | null = null;

  readonly onDidChange = this.#changed.event;

  constructor(private readonly options: IncidentsOptions) {}

  get state(): IncidentsState {
    return this.#state;
  }

  /** Looks again, or joins the look that is under way; never rejects. */
  refresh(): Promise<IncidentsState> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  /** Forgets all, as after a change of account. */
  async reset(): Promise<void> {
    await this.#looking;
    this.#put({ kind: 'unknown', items: [], problem: null });
  }

  dispose(): void {
    this.#stop.abort();
    this.#changed.dispose();
  }

  async #look(): Promise<IncidentsState> {
    const { items } = this.#state;
    try {
      if (!(await this.options.connection())) return this.#put({ kind: 'unconfigured', items: [], problem: null });
      this.#put({ kind: 'loading', items, problem: null });
      const found = await this.options.engine.request('listOpenIncidents', {}, { signal: this.#stop.signal, timeoutMs });
      return this.#put({ kind: 'ready', items: ofEnvironment(found, this.options.env()), problem: null });
    } catch (error) {
      const kind = error instanceof AppError ? error.kind : 'internal';
      return this.#put({ kind: 'failed', items, problem: { kind, error } });
    }
  }

  #put(state: IncidentsState): IncidentsState {
    this.#state = state;
    this.#changed.fire(state);
    return state;
  }
}

/** Keeps what names this environment or none. */
function ofEnvironment(items: readonly OpenIncident[], env: string | null): readonly OpenIncident[] {
  if (env === null) return items;
  return items.filter(({ monitor }) => (tagValue(monitor.tags, 'env') ?? env) === env);
}
