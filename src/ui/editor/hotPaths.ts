import * as vscode from 'vscode';
import { AppError } from '../../domain/errors';
import type { HotPath, HotPathReport } from '../../domain/hotPath';
import type { Clock } from '../../domain/ports';
import type { DatadogConnection } from '../../protocol/engineApi';
import type { EngineClient } from '../engineClient';
import { workspaceRoots } from '../roots';
import { type HotPathSettings, readHotPathSettings } from '../settings';

/** A hot path of the last look, or of an earlier one. */
export interface KnownPath {
  readonly path: HotPath;
  readonly windowMinutes: number;
  readonly takenAtMs: number;
  /** The last look saw all traffic and none here. */
  readonly isQuiet: boolean;
  readonly isStale: boolean;
}

export interface HotPathsState {
  readonly kind: 'unknown' | 'unconfigured' | 'loading' | 'ready' | 'failed';
  /** Hottest first. */
  readonly paths: readonly KnownPath[];
  readonly report: HotPathReport | null;
  readonly error: unknown;
}

export interface HotPathsOptions {
  readonly engine: EngineClient;
  readonly connection: () => Promise<DatadogConnection | null>;
  readonly clock: Clock;
}

/** Longest that one look may take. */
const timeoutMs = 120_000;
/** Numbers older than this many intervals, or hours where nothing looks by itself, are marked. */
const staleIntervals = 3;
const staleHours = 1;

/** A route without traffic for longer is forgotten. */
const rememberedMs = 86_400_000;

const nothing: HotPathsState = { kind: 'unknown', paths: [], report: null, error: null };

/** What runs through the code of the workspace, as of the last look. */
export class HotPaths implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<HotPathsState>();
  #stop = new AbortController();
  #state = nothing;
  #looking: Promise<HotPathsState> | null = null;

  /** Fires when a look begins and ends. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly options: HotPathsOptions) {}

  get state(): HotPathsState {
    return this.#state;
  }

  /** The paths with what time has done to them since. */
  get paths(): readonly KnownPath[] {
    const limitMs = staleAfterMs(readHotPathSettings());
    const nowMs = this.options.clock.nowMs();
    return this.#state.paths.map((known) => ({ ...known, isStale: nowMs - known.takenAtMs > limitMs }));
  }

  /** Looks, or joins the look that is under way; never rejects. */
  refresh(): Promise<HotPathsState> {
    this.#looking ??= this.#look(this.#stop.signal).finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  /** Forgets all, as after a change of account. */
  async reset(): Promise<void> {
    this.#stop.abort();
    this.#stop = new AbortController();
    await this.#looking;
    this.#put(nothing);
  }

  dispose(): void {
    this.#stop.abort();
    this.#changed.dispose();
  }

  async #look(signal: AbortSignal): Promise<HotPathsState> {
    const { paths, report } = this.#state;
    try {
      if (!(await this.options.connection())) return this.#put({ ...nothing, kind: 'unconfigured' });
      this.#put({ kind: 'loading', paths, report, error: null });
      const { env, services, windowMinutes } = readHotPathSettings();
      const question = { repositories: workspaceRoots(), env, services: services && [...services], windowMinutes };
      const found = await this.options.engine.request('hotPaths', question, { signal, timeoutMs });
      return this.#put({ kind: 'ready', paths: mergedPaths(paths, found, windowMinutes), report: found, error: null });
    } catch (error) {
      if (signal.aborted) return this.#state;
      return this.#put({ kind: 'failed', paths, report, error });
    }
  }

  #put(state: HotPathsState): HotPathsState {
    this.#state = state;
    this.#changed.fire(state);
    return state;
  }
}

/** Whether a look failed for a reason that looking again cannot mend. */
export function isHopeless({ error }: HotPathsState): boolean {
  return error instanceof AppError && (error.kind === 'forbidden' || error.kind === 'configuration');
}

function staleAfterMs({ refreshMinutes }: HotPathSettings): number {
  return refreshMinutes === 0 ? staleHours * 3_600_000 : refreshMinutes * 60_000 * staleIntervals;
}

/**
 * The paths of a look, and the entries of earlier ones that it did not see: without requests now where it saw all traffic, else
 * with the numbers that they had, which a sample may just have missed.
 */
export function mergedPaths(earlier: readonly KnownPath[], report: HotPathReport, windowMinutes: number): KnownPath[] {
  const { takenAtMs } = report;
  const seen = new Set(report.paths.map(keyOf));
  const missing = earlier.filter(
    ({ path }) => path.kind === 'entry' && takenAtMs - path.lastSeenMs < rememberedMs && !seen.has(keyOf(path)),
  );
  return [
    ...report.paths.map((path) => ({ path, windowMinutes, takenAtMs, isQuiet: false, isStale: false })),
    ...missing.map((known) => (report.isWhole ? quiet(known, report, windowMinutes) : known)),
  ];
}

function quiet({ path }: KnownPath, { takenAtMs }: HotPathReport, windowMinutes: number): KnownPath {
  const now = { requests: 0, errors: 0, p50Ms: null, p95Ms: null, p99Ms: null };
  return { path: { ...path, now, sampleSize: 0 }, windowMinutes, takenAtMs, isQuiet: true, isStale: false };
}

/** A route keeps its name when a deploy moves its line. */
const keyOf = ({ kind, service, env, resource }: HotPath) => JSON.stringify([kind, service, env, resource]);
