import * as z from 'zod/mini';
import type { InvestigationEvent } from '../domain/investigation';
import type { SurveyProgress } from '../domain/survey';
import { defineNotification, trusted } from './message';
import { modelHostRequests, modelNotifications } from './modelHostApi';

/** What the engine tells and asks whoever runs it; apart from what it can be asked, whose shapes only the engine itself checks. */
export const engineHostContract = {
  requests: modelHostRequests,
  commands: {},
  notifications: {
    progress: defineNotification<{ runId: string; event: InvestigationEvent }>(
      z.object({ runId: z.string(), event: trusted<InvestigationEvent>() }),
    ),
    /** How many series of the `forecastSeries` request with this run id are done. */
    forecasted: defineNotification<{ runId: string; done: number }>(z.object({ runId: z.string(), done: z.int() })),
    surveyProgress: defineNotification<{ surveyId: string; progress: SurveyProgress }>(
      z.object({ surveyId: z.string(), progress: trusted<SurveyProgress>() }),
    ),
    ...modelNotifications,
    log: defineNotification<{ level: 'info' | 'error'; message: string }>(
      z.object({ level: z.enum(['info', 'error']), message: z.string() }),
    ),
  },
} as const;
