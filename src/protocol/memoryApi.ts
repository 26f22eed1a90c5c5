import * as z from 'zod/mini';
import type { BehaviorRecord } from '../domain/behavior';
import type { CauseJudgement, MemorySettings } from '../domain/memory';
import { defineCommand, defineRequest, trusted } from './message';

/** What is remembered from incident to incident. */
export const memoryRequests = {
  /** Keeps a person's word on the first hypothesis of an investigation; the next investigation is calibrated with it. */
  judgeCause: defineRequest<{ judgement: CauseJudgement }, null>(z.object({ judgement: trusted<CauseJudgement>() })),
  /** Keeps what a person did with something that was offered to them. */
  recordDeed: defineRequest<{ deed: BehaviorRecord }, null>(z.object({ deed: trusted<BehaviorRecord>() })),
  /** Deletes every word and every deed; kept runbooks stay. */
  forgetLearned: defineRequest<Record<string, never>, null>(z.object({})),
} as const;

export const memoryCommands = {
  configureMemory: defineCommand<{ settings: MemorySettings }>(
    z.object({ settings: z.object({ dir: z.nullable(z.string()), runbooksDir: z.nullable(z.string()), role: z.nullable(z.string()) }) }),
  ),
} as const;
