import * as z from 'zod/mini';
import type { ModelAbilities, ModelCheck, ModelInfo, ModelServer, ModelSettings, PromptPreview, SentPrompt } from '../domain/modelUse';
import { defineCommand, defineRequest, trusted } from './message';

const provider = z.enum(['ollama', 'openai', 'anthropic', 'editor']);
const server = z.object({ provider, baseUrl: z.nullable(z.string()), key: z.nullable(z.string()) });
const named = z.object({ server, model: z.string() });

/** What is asked of the engine about language models. Each request goes to the server that it names, whatever is configured. */
export const modelRequests = {
  /** Every model that the server offers, in its order. */
  listModels: defineRequest<{ server: ModelServer }, ModelInfo[]>(z.object({ server })),
  /** Asks the model one short question. */
  testModel: defineRequest<{ server: ModelServer; model: string }, ModelCheck>(named),
  /** What the model can do; Ollama tells, others mostly do not. */
  describeModel: defineRequest<{ server: ModelServer; model: string }, ModelAbilities>(named),
  /** Downloads a model into Ollama; progress comes as `modelPulled` with the same run id. What was fetched stays when it is aborted. */
  pullModel: defineRequest<{ runId: string; server: ModelServer; model: string }, null>(
    z.object({ runId: z.string(), server, model: z.string() }),
  ),
  /** The last requests to models exactly as they were sent, newest first, at most 50. */
  lastPrompts: defineRequest<Record<string, never>, SentPrompt[]>(z.object({})),
  /** What a model would be sent for the newest investigation, if that has this run id; sends nothing. */
  previewPrompts: defineRequest<{ runId: string }, PromptPreview>(z.object({ runId: z.string() })),
} as const;

export const modelCommands = {
  /** Which models are asked from the next investigation on. */
  configureModels: defineCommand<{ settings: ModelSettings }>(z.object({ settings: trusted<ModelSettings>() })),
} as const;
