import { AppError } from '../domain/errors';
import type { Recommendation, Step } from '../domain/investigation';
import type { LanguageModel, ModelRequest } from '../domain/languageModel';
import type { AgentDeps } from './agent';
import type { CaseFile } from './caseFile';
import { designCase, tellCase } from './runAgents';

/** A case as it is before any agent has said anything. */
export interface OpenCase {
  readonly file: CaseFile;
  readonly steps: readonly Step[];
  readonly recommendations: readonly Recommendation[];
}

/** The first request of every agent, as it would be sent. Nothing is sent: the model that is asked only writes down. */
export async function previewPrompts(
  { file, steps, recommendations }: OpenCase,
  deps: Omit<AgentDeps, 'model' | 'trace' | 'limitMs'>,
): Promise<readonly ModelRequest[]> {
  const written: ModelRequest[] = [];
  const model: LanguageModel = {
    name: 'preview',
    isRemote: true,
    async complete(request) {
      written.push(request);
      throw new AppError('internal', 'A preview sends nothing.');
    },
  };
  const all: AgentDeps = { ...deps, model, trace: () => undefined, limitMs: 10_000 };
  const told = await tellCase(file, steps, all, () => undefined);
  await designCase(file, recommendations, told, all);
  return written;
}
