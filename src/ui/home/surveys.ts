import * as vscode from 'vscode';
import { isCancellation, messageFor, surveyCancelled } from '../../domain/errors';
import type { Clock } from '../../domain/ports';
import type { SurveyProgress, SurveyReport } from '../../domain/survey';
import type { DatadogConnection } from '../../protocol/engineApi';
import type { EngineClient } from '../engineClient';

/** What is known about the services. The report of the last survey that worked stays while another runs and when it failed. */
export interface SurveyState {
  readonly kind: 'unknown' | 'unconfigured' | 'running' | 'ready' | 'failed' | 'cancelled';
  readonly report: SurveyReport | null;
  readonly progress: SurveyProgress | null;
  /** The sentence to show. */
  readonly problem: string | null;
}

export interface SurveysOptions {
  readonly engine: EngineClient;
  readonly connection: () => Promise<DatadogConnection | null>;
  /** Only this environment; null for all. */
  readonly env: () => string | null;
  readonly clock: Clock;
}

/** How far back a survey looks. */
export const SURVEY_HOURS = 4;
/** Longest that one survey may take. */
const timeoutMs = 180_000;
const nothing: SurveyState = { kind: 'unknown', report: null, progress: null, problem: null };

/** Surveys of all services, one at a time: the truth that Home and the tree show. */
export class Surveys implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<SurveyState>();
  #state = nothing;
  #current: AbortController | null = null;
  #ended: Promise<SurveyState> | null = null;
  /** Epoch milliseconds of the last survey's end, however it ended. */
  #endedAtMs: number | null = null;

  readonly onDidChange = this.#changed.event;

  constructor(private readonly options: SurveysOptions) {}

  get state(): SurveyState {
    return this.#state;
  }

  /** Milliseconds since the last survey ended; infinite before the first. */
  get ageMs(): number {
    return this.#endedAtMs === null ? Number.POSITIVE_INFINITY : this.options.clock.nowMs() - this.#endedAtMs;
  }

  /** Looks again, or joins the survey under way; never rejects. */
  refresh(): Promise<SurveyState> {
    if (this.#current === null || this.#ended === null) {
      this.#current = new AbortController();
      this.#ended = this.#survey(this.#current);
    }
    return this.#ended;
  }

  cancel(): void {
    this.#current?.abort(surveyCancelled());
  }

  /** Forgets all, as after a change of account; a survey under way has nothing more to say. */
  reset(): void {
    this.cancel();
    this.#current = null;
    this.#endedAtMs = null;
    this.#put(nothing);
  }

  dispose(): void {
    this.cancel();
    this.#current = null;
    this.#changed.dispose();
  }

  async #survey(controller: AbortController): Promise<SurveyState> {
    const { engine, env, connection } = this.options;
    const surveyId = crypto.randomUUID();
    const put = (kind: SurveyState['kind'], found: Partial<SurveyState> = {}) => {
      if (this.#current !== controller) return this.#state;
      return this.#put({ kind, report: this.#state.report, progress: null, problem: null, ...found });
    };
    const following = engine.followSurvey(surveyId, (progress) => void put('running', { progress }));
    try {
      if (!(await connection())) return put('unconfigured', { report: null });
      put('running');
      const question = { surveyId, env: env(), hours: SURVEY_HOURS };
      const report = await engine.request('surveyServices', question, { signal: controller.signal, timeoutMs });
      return put('ready', { report });
    } catch (error) {
      return isCancellation(error) ? put('cancelled') : put('failed', { problem: messageFor(error) });
    } finally {
      following.dispose();
      if (this.#current === controller) {
        this.#current = null;
        this.#endedAtMs = this.options.clock.nowMs();
      }
    }
  }

  #put(state: SurveyState): SurveyState {
    this.#state = state;
    this.#changed.fire(state);
    return state;
  }
}
