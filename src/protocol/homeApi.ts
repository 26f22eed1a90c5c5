import * as z from 'zod/mini';
import type { MonitorState } from '../domain/monitor';
import type { SurveyProgress, SurveyReport } from '../domain/survey';
import { defineCommand, defineNotification, trusted } from './message';

/** An alert as Home lists it. */
export interface HomeAlert {
  readonly key: string;
  readonly title: string;
  readonly service: string | null;
  readonly env: string | null;
  readonly state: MonitorState;
  /** Epoch milliseconds; null where Datadog does not say. */
  readonly sinceMs: number | null;
  readonly hasLink: boolean;
}

/** All that Home shows, whole; the page is a function of the last one. */
export interface HomeSnapshot {
  /** Whether there are keys; `unknown` before anybody looked. */
  readonly account: 'unknown' | 'missing' | 'present';
  readonly alerts: {
    readonly status: 'waiting' | 'ready' | 'failed';
    /** Known from the last look that worked. */
    readonly items: readonly HomeAlert[];
    /** The sentence to show when the look failed. */
    readonly problem: string | null;
  };
  readonly survey: {
    readonly status: 'waiting' | 'running' | 'ready' | 'failed' | 'cancelled';
    readonly progress: SurveyProgress | null;
    /** Of the last survey that worked; stays while another runs and when it failed. */
    readonly report: SurveyReport | null;
    readonly problem: string | null;
  };
  /** Hours that a survey looks back. */
  readonly hours: number;
}

const nothing = z.object({});
const byId = z.object({ id: z.string() });

/** What Home asks of the extension host. Ids refer to the last snapshot; the host looks up what they stand for. */
export const homeHostContract = {
  requests: {},
  commands: {
    ready: defineCommand(nothing),
    refresh: defineCommand(nothing),
    cancel: defineCommand(nothing),
    investigateAlert: defineCommand(byId),
    openAlert: defineCommand(byId),
    /** By the id of a service or of an anomaly. */
    investigateService: defineCommand(byId),
    openService: defineCommand(byId),
    openAnomaly: defineCommand(byId),
    copyQuery: defineCommand(byId),
    configure: defineCommand(nothing),
    tryDemo: defineCommand(nothing),
    doctor: defineCommand(nothing),
    showLog: defineCommand(nothing),
  },
  notifications: {},
} as const;

/** What the extension host tells Home. */
export const homeContract = {
  requests: {},
  commands: {},
  notifications: { snapshot: defineNotification<HomeSnapshot>(trusted<HomeSnapshot>()) },
} as const;
