import type { Log, Telemetry } from '../domain/ports';
import type { SetupCheck } from '../domain/setupCheck';
import { diagnoseSetup as diagnose } from '../investigation/setup/diagnoseSetup';
import { openRepositories } from './repositories';

export interface SetupRequest {
  readonly dirs: readonly string[];
  readonly env: string | null;
  /** Null without keys. */
  readonly site: string | null;
  /** The environment in which DD_SITE may stand. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface SetupDeps {
  readonly log: Log;
  readonly connect: () => Promise<Telemetry>;
}

/** Checks keys, telemetry and the folders. Whatever fails becomes a check; rejects only when aborted. */
export async function diagnoseSetup(
  { dirs, env, site, environment }: SetupRequest,
  { log, connect }: SetupDeps,
  signal: AbortSignal,
): Promise<SetupCheck[]> {
  const { repositories, problems } = await openRepositories(dirs, log, signal);
  const { DD_SITE } = environment;
  return diagnose(
    {
      telemetry: site === null ? null : await connect(),
      site,
      environmentHints: DD_SITE ? [{ site: DD_SITE, where: 'the environment variable DD_SITE' }] : [],
      env,
      hasFolder: dirs.length > 0,
      repositories,
      repositoryProblems: problems,
      clock: { nowMs: () => Date.now() },
    },
    signal,
  );
}
