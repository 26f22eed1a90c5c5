import type { OpenCase } from '../agents/previewPrompts';
import { noCaseToPreview } from '../domain/modelErrors';
import { defaultModelPrivacy, type ModelPrivacy } from '../domain/modelPrivacy';
import type { PromptPreview } from '../domain/modelUse';
import type { Clock } from '../domain/ports';
import type { InvestigationDeps } from '../investigation/deps';
import { readPrompt } from './prompts';

export type ForAgents = Pick<InvestigationDeps, 'readPrompt' | 'redaction' | 'sentFields' | 'keepCase' | 'embeddings' | 'agentLimitMs'>;

/**
 * Secrets are hidden from every model, since what was asked is kept to be shown; personal data, addresses and fields are held back
 * from those that are not on this machine.
 */
export async function forAgents(isRemote: boolean, privacy: ModelPrivacy = defaultModelPrivacy) {
  const { createRedactor } = await import('../agents/redaction/redaction');
  const redaction = createRedactor({
    personalData: isRemote && privacy.hidesPersonalData,
    ipAddresses: isRemote && privacy.hidesAddresses,
  });
  return { readPrompt, redaction, sentFields: isRemote ? privacy.fields : null };
}

export interface PreviewOptions {
  readonly isRemote: boolean;
  readonly privacy?: ModelPrivacy | undefined;
  readonly clock: Clock;
}

export interface Cases {
  /** Keeps what the agents of a run are told; only the newest is kept, since a case holds all its evidence. */
  keeperOf(runId: string): (opened: OpenCase) => void;
  /** Rejects with `noCaseToPreview` when the run is not the newest. */
  preview(runId: string, options: PreviewOptions, signal: AbortSignal): Promise<PromptPreview>;
}

export function createCases(): Cases {
  let newest: { readonly runId: string; readonly opened: OpenCase } | null = null;
  return {
    keeperOf: (runId) => (opened) => {
      newest = { runId, opened };
    },
    async preview(runId, { isRemote, privacy, clock }, signal) {
      if (newest?.runId !== runId) throw noCaseToPreview();
      const { opened } = newest;
      const [{ previewPrompts }, { sentFields, ...agents }] = await Promise.all([
        import('../agents/previewPrompts'),
        forAgents(isRemote, privacy),
      ]);
      const prompts = await previewPrompts(opened, { ...agents, fields: sentFields, signal, clock });
      return { isRemote, prompts, hidden: agents.redaction.counts() };
    },
  };
}
