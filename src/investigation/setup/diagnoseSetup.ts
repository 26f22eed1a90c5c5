import { noDatadogKeys } from '../../domain/errors';
import type { Clock, Repository, Telemetry } from '../../domain/ports';
import type { SetupCheck } from '../../domain/setupCheck';
import { accessChecks } from './accessChecks';
import { codeChecks } from './codeChecks';
import { deployedBuilds, failureOf, newestSpans, probe, repositoryFacts, sampleSampling } from './gatherSetup';
import type { SetupFacts, SiteHint } from './setupFacts';
import { siteHints } from './siteHints';
import { spanChecks } from './spanChecks';

export interface SetupQuestion {
  /** Null without keys. */
  readonly telemetry: Telemetry | null;
  readonly site: string | null;
  /** What the environment says about the site, such as DD_SITE. */
  readonly environmentHints: readonly SiteHint[];
  readonly env: string | null;
  readonly hasFolder: boolean;
  readonly repositories: readonly Repository[];
  readonly repositoryProblems: readonly string[];
  readonly clock: Clock;
}

/**
 * Finds out what keeps AIDog from naming places in the code, with at most 13 calls. What cannot be found out is a check of
 * status `unknown`; rejects only when aborted.
 */
export async function diagnoseSetup(question: SetupQuestion, signal: AbortSignal): Promise<SetupCheck[]> {
  const facts = await gatherFacts(question, signal);
  const [repository, ...code] = codeChecks(facts);
  return [...accessChecks(facts), ...spanChecks(facts), ...(repository === undefined ? [] : [repository]), ...code];
}

type TelemetryFacts = Pick<SetupFacts, 'accessFailure' | 'probes' | 'spans' | 'spansFailure' | 'isFromLastHour' | 'sampling'>;

async function gatherFacts(question: SetupQuestion, signal: AbortSignal): Promise<SetupFacts> {
  const { site, env, hasFolder, repositories, repositoryProblems, environmentHints } = question;
  const nowMs = question.clock.nowMs();
  const [seen, found, hints] = await Promise.all([
    telemetryFacts(question, nowMs, signal),
    orElse(Promise.all(repositories.map((repository) => repositoryFacts(repository, signal))), [], signal),
    orElse(siteHints(repositories, signal), [], signal),
  ]);
  const builds = await orElse(deployedBuilds(seen.spans, repositories, signal), [], signal);
  const code = { hasFolder, repositories: found, repositoryProblems, builds };
  return { site, siteHints: [...hints, ...environmentHints], env, nowMs, ...seen, ...code };
}

async function telemetryFacts({ telemetry, env }: SetupQuestion, nowMs: number, signal: AbortSignal): Promise<TelemetryFacts> {
  const nothing = { spans: [], isFromLastHour: true, sampling: null, probes: [] };
  if (telemetry === null) return { ...nothing, accessFailure: noDatadogKeys(), spansFailure: noDatadogKeys() };
  const accessFailure = await failureOf(telemetry.checkAccess(signal), signal);
  const spans = newestSpans(telemetry, env, nowMs, signal);
  const [probes, spansFailure] = await Promise.all([probe(telemetry, nowMs, signal), failureOf(spans, signal)]);
  const shown = { shows: 'spans', failure: spansFailure };
  if (spansFailure !== null) return { ...nothing, accessFailure, probes: [...probes, shown], spansFailure };
  const newest = await spans;
  const sampling = await orElse(sampleSampling(telemetry, newest.spans, nowMs, signal), null, signal);
  return { ...newest, accessFailure, probes: [...probes, shown], spansFailure, sampling };
}

async function orElse<T>(work: Promise<T>, otherwise: T, signal: AbortSignal): Promise<T> {
  try {
    return await work;
  } catch {
    signal.throwIfAborted();
    return otherwise;
  }
}
