import * as z from 'zod/mini';
import type { ModelChoice } from '../domain/languageModel';
import type { EditorModelAnswer, EditorModelRequest, ModelSpending, PullProgress } from '../domain/modelUse';
import { defineNotification, defineRequest, trusted } from './message';

/** What the engine asks of its host. */
export const modelHostRequests = {
  /** Lets a model of VS Code answer with exactly one tool that it has to call. Aborting ends it. */
  completeWithEditor: defineRequest<EditorModelRequest, EditorModelAnswer>(trusted<EditorModelRequest>()),
  /** Whether the person allows that this model is sent anything; asks where nobody has answered yet. */
  permitModel: defineRequest<{ choice: ModelChoice }, boolean>(z.object({ choice: trusted<ModelChoice>() })),
} as const;

export const modelNotifications = {
  /** How far the `pullModel` request with this run id is. */
  modelPulled: defineNotification<{ runId: string; progress: PullProgress }>(
    z.object({ runId: z.string(), progress: trusted<PullProgress>() }),
  ),
  /** What models took so far in the investigation with this run id. */
  modelSpent: defineNotification<{ runId: string; spending: ModelSpending }>(
    z.object({ runId: z.string(), spending: trusted<ModelSpending>() }),
  ),
} as const;
