import path from 'node:path';
import { projectRoot } from '../../scripts/codeServer';
import { prepareDemo } from '../../src/demo/prepareDemo';
import { readRecording } from '../../src/recording/readRecording';
import type { Recording } from '../../src/recording/recording';
import { apiRoutes } from '../../src/sandbox/api/apiRoutes';
import { loadRecording } from '../../src/sandbox/loadRecording';
import { type Sandbox, startSandbox } from '../../src/sandbox/server';

export const keys = { DD_API_KEY: 'e2e-api-key', DD_APP_KEY: 'e2e-app-key' };

export interface Account {
  readonly sandbox: Sandbox;
  /** The shop whose first incident the account holds. */
  readonly repository: string;
}

/** The first demo incident, moved to now and changed as asked, behind keys. */
export async function startAccount(
  dir: string,
  change: (recording: Recording, repository: string) => Recording = (same) => same,
): Promise<Account> {
  const { repository, recordings } = await prepareDemo({ mediaDir: path.join(projectRoot, 'media'), dir });
  const recording = change(await readRecording(recordings[0]!.dir), repository);
  const retention = { maxAgeMs: Number.POSITIVE_INFINITY };
  const sandbox = await startSandbox({ routes: apiRoutes, retention, apiKey: keys.DD_API_KEY, appKey: keys.DD_APP_KEY });
  loadRecording(sandbox.store, recording, { shiftMs: Date.now() - recording.nowMs });
  return { sandbox, repository };
}
