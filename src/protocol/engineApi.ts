import * as z from 'zod/mini';
import type { Forecast, ForecastSettings } from '../domain/forecast';
import type { CodeLocation, WorkingTreeLocation } from '../domain/frame';
import type { HotPathReport } from '../domain/hotPath';
import type { Investigation } from '../domain/investigation';
import type { Monitor } from '../domain/monitor';
import type { ForecastRequest } from '../domain/ports';
import type { FrameLink, ResolvedTrace } from '../domain/resolvedTrace';
import type { SetupCheck } from '../domain/setupCheck';
import type { SurveyReport } from '../domain/survey';
import type { Point } from '../domain/timeSeries';
import { fixRequests } from './fixApi';
import { type InvestigationTarget, target } from './investigationTarget';
import { memoryCommands, memoryRequests } from './memoryApi';
import { defineCommand, defineRequest, trusted } from './message';
import { modelCommands, modelRequests } from './modelApi';

/** Where telemetry comes from. Keys travel only over this border, inside one process. */
export interface DatadogConnection {
  readonly site: string;
  /** Replaces the site's address, for a proxy or the sandbox; null for none. */
  readonly baseUrl: string | null;
  readonly apiKey: string;
  readonly appKey: string;
  readonly timeoutSec: number;
}

/** A row of the incident tree. */
export interface OpenIncident {
  readonly key: string;
  readonly title: string;
  readonly service: string | null;
  readonly monitor: Monitor;
  readonly link: string | null;
}

/** One series of a metric query; with tags the one that has exactly these, else the first. Times in epoch milliseconds. */
export interface SeriesQuestion {
  query: string;
  tags: string[] | null;
  fromMs: number;
  toMs: number;
  stepSec: number;
}

const positive = z.number().check(z.positive());

/** What the extension host and the CLI ask of the engine. */
export const engineContract = {
  requests: {
    /** Runs to the end; progress comes as notifications with the same run id. Aborting the request cancels the run. */
    investigate: defineRequest<{ runId: string; target: InvestigationTarget; repositories: string[] }, Investigation>(
      z.object({ runId: z.string(), target, repositories: z.array(z.string()) }),
    ),
    listOpenIncidents: defineRequest<Record<string, never>, OpenIncident[]>(z.object({})),
    checkAccess: defineRequest<Record<string, never>, { name: string }>(z.object({})),
    /** Follows a place at a deployed commit to the working tree; null when the file is in none of the repositories. */
    locate: defineRequest<
      { location: CodeLocation; commit: string | null; service?: string | null; repositories: string[] },
      WorkingTreeLocation | null
    >(
      z.object({
        location: z.object({ file: z.string(), line: z.int().check(z.minimum(1)), function: z.nullable(z.string()) }),
        commit: z.nullable(z.string()),
        service: z.optional(z.nullable(z.string())),
        repositories: z.array(z.string()),
      }),
    ),
    /**
     * Reads all stack traces of a text, which may be a log or a paste, and places their frames in the repositories. `commit` is
     * what ran, as an id, a tag or a version; null leaves lines as they were printed.
     */
    resolveStack: defineRequest<{ text: string; commit: string | null; service: string | null; repositories: string[] }, ResolvedTrace[]>(
      z.object({ text: z.string(), commit: z.nullable(z.string()), service: z.nullable(z.string()), repositories: z.array(z.string()) }),
    ),
    /** Which parts of a text are frames whose file may be in the repositories, at most 5,000; a cheap look that places nothing. */
    findFrames: defineRequest<{ text: string; repositories: string[] }, FrameLink[]>(
      z.object({ text: z.string(), repositories: z.array(z.string()) }),
    ),
    /** The text of a file as it was at a commit of the repository; null when it was not there. */
    readAtCommit: defineRequest<{ repository: string; commit: string; path: string }, string | null>(
      z.object({ repository: z.string(), commit: z.string(), path: z.string() }),
    ),
    /** Fetches a commit from the remotes into the repositories that lack it; only because a person asked. Says which have it now. */
    fetchCommit: defineRequest<{ commit: string; repositories: string[] }, { repositories: string[] }>(
      z.object({ commit: z.string(), repositories: z.array(z.string()) }),
    ),
    /** Looks for what keeps AIDog from naming places: keys, permissions, tags, commits. Partial failures are checks. */
    diagnoseSetup: defineRequest<{ repositories: string[]; env: string | null }, SetupCheck[]>(
      z.object({ repositories: z.array(z.string()), env: z.nullable(z.string()) }),
    ),
    /** What runs through the code of the repositories now; null for all environments, null for all services. Five API calls. */
    hotPaths: defineRequest<
      { repositories: string[]; env: string | null; services: string[] | null; windowMinutes: number },
      HotPathReport
    >(
      z.object({
        repositories: z.array(z.string()),
        env: z.nullable(z.string()),
        services: z.nullable(z.array(z.string())),
        windowMinutes: z.int().check(z.minimum(5), z.maximum(1440)),
      }),
    ),
    /** Forecasts many series at once, in the order of the requests; `forecasted` tells how many are done. */
    forecastSeries: defineRequest<{ runId: string; requests: ForecastRequest[] }, readonly Forecast[]>(
      z.object({ runId: z.string(), requests: z.array(trusted<ForecastRequest>()) }),
    ),
    /**
     * The newest values of one series, in steps of `stepSec` that are over by now. The window should be as long as the one that
     * the series was first read with, because a source chooses its intervals by that. One API call.
     */
    readSeries: defineRequest<SeriesQuestion, readonly Point[]>(
      z.object({ query: z.string(), tags: z.nullable(z.array(z.string())), fromMs: z.number(), toMs: z.number(), stepSec: positive }),
    ),
    /**
     * How every traced service stands, and what was unusual in the last hours; null for all environments. Progress comes as
     * notifications with the same survey id. Three API calls; a report of the last minute is given again.
     */
    surveyServices: defineRequest<{ surveyId: string; env: string | null; hours: number }, SurveyReport>(
      z.object({ surveyId: z.string(), env: z.nullable(z.string()), hours: z.int().check(z.minimum(1), z.maximum(24)) }),
    ),
    ...fixRequests,
    ...modelRequests,
    ...memoryRequests,
    /** Builds the demo shop's repository below `dir` unless it is there, and says where it lies. */
    prepareDemo: defineRequest<
      { mediaDir: string; dir: string },
      { repository: string; recordings: { id: string; title: string; dir: string }[] }
    >(z.object({ mediaDir: z.string(), dir: z.string() })),
  },
  commands: {
    /** null forgets the keys. */
    connect: defineCommand<{ connection: DatadogConnection | null }>(z.object({ connection: z.nullable(trusted<DatadogConnection>()) })),
    /** Who forecasts from now on. */
    configureForecast: defineCommand<{ settings: ForecastSettings }>(
      z.object({ settings: z.object({ model: z.enum(['embedded', 'statistical']), modelFile: z.nullable(z.string()) }) }),
    ),
    ...modelCommands,
    ...memoryCommands,
    /** Files or folders that were created, deleted or renamed, as absolute paths; for what is kept about the workspace. */
    filesChanged: defineCommand<{ paths: string[] }>(z.object({ paths: z.array(z.string()) })),
  },
  notifications: {},
} as const;
