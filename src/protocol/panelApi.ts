import * as z from 'zod/mini';
import { defineCommand, defineNotification, trusted } from './message';
import type { PanelSnapshot } from './snapshot';

const nothing = z.object({});
/** Counts from 0. */
const position = z.int().check(z.minimum(0));
const byId = z.object({ id: z.string() });

export const panelTabs = ['overview', 'evidence', 'forecast', 'hypotheses', 'steps', 'trace'] as const;
export type PanelTab = (typeof panelTabs)[number];

/** What the panel asks of the extension host. Ids refer to the last snapshot; the host looks up what they stand for. */
export const panelHostContract = {
  requests: {},
  commands: {
    ready: defineCommand(nothing),
    openHypothesis: defineCommand(byId),
    /** A frame of an evidence's stack: exception and frame by position. */
    openFrame: defineCommand(z.object({ evidenceId: z.string(), exception: position, frame: position })),
    openEvidence: defineCommand(byId),
    openStep: defineCommand(byId),
    draftFix: defineCommand(byId),
    /** Whether the first hypothesis was the cause. */
    judgeCause: defineCommand(z.object({ isRight: z.boolean() })),
    openCommit: defineCommand(z.object({ sha: z.string() })),
    copyQuery: defineCommand(byId),
    copyReport: defineCommand(nothing),
    /** The page of what a hypothesis wants to be looked at next, and its query for the clipboard. */
    openNextQuery: defineCommand(byId),
    copyNextQuery: defineCommand(byId),
    openRunbook: defineCommand(byId),
    copyTestPlan: defineCommand(nothing),
    /** Saves the record of what ran as JSON, where the person says. */
    exportTrace: defineCommand(nothing),
    showLastPrompt: defineCommand(nothing),
    cancel: defineCommand(nothing),
    runAgain: defineCommand(nothing),
    showLog: defineCommand(nothing),
    /** The forecast that is in view, whose new values are wanted; null for none. */
    watchForecast: defineCommand(z.object({ id: z.nullable(z.string()) })),
  },
  notifications: {},
} as const;

/** What the extension host tells the panel. */
export const panelContract = {
  requests: {},
  commands: {},
  notifications: {
    snapshot: defineNotification<PanelSnapshot>(trusted<PanelSnapshot>()),
    /** Asks the panel to show a tab and, where given, to bring an item into view. */
    reveal: defineNotification<{ tab: PanelTab; id: string | null }>(z.object({ tab: z.enum(panelTabs), id: z.nullable(z.string()) })),
  },
} as const;
