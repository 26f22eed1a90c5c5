import type { FrameMapper } from '../../code/mapping';
import type { Findings } from '../../diagnosis/findings';
import type { Run } from '../run';
import type { RunningCommits } from './deployed';

/** What stands above the place in the panel and in reports, where an exception's type stands otherwise. */
const WRITTEN_AT = 'Written at';

/** Gives the bursting log messages among the evidence the line of the code that writes them, where only one can be it. */
export async function placeLogStatements(
  { templates }: Findings,
  mapper: FrameMapper,
  running: RunningCommits,
  run: Run,
  signal: AbortSignal,
): Promise<void> {
  for (const { service, change, evidence } of templates) {
    const context = { service, commit: await running.ofService(service, signal) };
    const { deployed, location, reason } = await mapper.mapLogMessage(change.example, context, signal);
    if (deployed === null) continue;
    const frame = { ...deployed, column: null, kind: 'app', workspace: location, reason };
    run.evidence.withStack(evidence, [{ type: WRITTEN_AT, message: '', relation: null, frames: [frame] }]);
  }
}
