import { noWorkspaceFolder } from '../domain/errors';
import type { Investigation, InvestigationEvent } from '../domain/investigation';
import type { Forecaster, Log, Repository, Telemetry } from '../domain/ports';
import type { Subject } from '../investigation/investigate';
import type { InvestigationTarget } from '../protocol/investigationTarget';
import type { Recording } from '../recording/recording';
import type { Remembered } from './memory';
import type { OpenedModel } from './models';
import { openReplay, recordedCommits, recordingProblems } from './replay';
import { openRepositories } from './repositories';
import { readStarterRunbooks } from './starterRunbooks';
import { Workspaces } from './workspaces';

export interface InvestigationOrder {
  readonly target: InvestigationTarget;
  /** Folders whose Git repositories hold the code. */
  readonly dirs: readonly string[];
}

export interface Connections {
  readonly log: Log;
  /** Rejects with `noDatadogKeys` when there are none. */
  readonly connect: () => Promise<Telemetry>;
  readonly forecaster: Forecaster;
  /** What is known about the folders from earlier questions. */
  readonly workspaces?: Workspaces;
  /** What earlier incidents taught; nothing when absent. */
  readonly remembered?: Remembered;
  /** The language model for this run; none when absent. */
  readonly openModel?: () => Promise<OpenedModel>;
}

const NO_MODEL: OpenedModel = { model: null, spending: () => null, forAgents: {} };

type OnEvent = (event: InvestigationEvent) => void;

/** Opens what the target needs, investigates, and closes it again. What could not be opened is named among the problems. */
export async function runInvestigation(
  { target, dirs }: InvestigationOrder,
  { log, connect, forecaster, workspaces = new Workspaces(log), remembered = {}, openModel = async () => NO_MODEL }: Connections,
  onEvent: OnEvent,
  signal: AbortSignal,
): Promise<Investigation> {
  const shared = { log, forecaster, workspaces, opened: await openModel(), remembered };
  if (target.kind !== 'recording') {
    const { repositories, problems } = await openRepositories(dirs, log, signal);
    const missing = dirs.length === 0 ? [noWorkspaceFolder().message] : [];
    const clock = { nowMs: () => Date.now() };
    return run(
      { subject: target, telemetry: await connect(), repositories, clock, problems: [...missing, ...problems], ...shared },
      onEvent,
      signal,
    );
  }
  const replay = await openReplay(target.dir, log);
  try {
    const { recording, telemetry, clock } = replay;
    const { repositories, problems } = await openRepositories(dirs, log, signal);
    const recorded = await recordedCommits(recording, repositories, signal);
    const all = recorded === null ? repositories : [...repositories, recorded];
    const known = [...recordingProblems(recording), ...problems];
    return await run({ subject: subjectOf(recording), telemetry, repositories: all, clock, problems: known, ...shared }, onEvent, signal);
  } finally {
    await replay.close();
  }
}

/** The monitor that alerted, where the recording has it; else the alert as it was written down, without a monitor to ask for. */
function subjectOf({ alert, monitors }: Recording): Subject {
  const { monitorId } = alert;
  return monitorId !== null && monitors.some(({ id }) => Number(id) === monitorId)
    ? { kind: 'monitor', id: monitorId }
    : { kind: 'alert', alert: { ...alert, monitorId: null } };
}

interface Run {
  readonly subject: Subject;
  readonly telemetry: Telemetry;
  readonly repositories: readonly Repository[];
  readonly clock: { nowMs(): number };
  /** Known before the investigation began. */
  readonly problems: readonly string[];
  readonly log: Log;
  readonly forecaster: Forecaster;
  readonly workspaces: Workspaces;
  readonly opened: OpenedModel;
  readonly remembered: Remembered;
}

async function run(
  { subject, problems: opening, workspaces, opened, remembered, ...sources }: Run,
  onEvent: OnEvent,
  signal: AbortSignal,
): Promise<Investigation> {
  const { investigate } = await import('../investigation/investigate');
  const mapper = await workspaces.mapperOf(sources.repositories);
  const problems = [...opening, ...(await mapper.problems(signal))];
  const withProblems = <T extends Partial<Investigation>>(found: T): T =>
    found.problems === undefined ? found : { ...found, problems: [...problems, ...found.problems] };
  if (problems.length > 0) onEvent({ kind: 'found', found: { problems } });
  const tell: OnEvent = (event) => onEvent(event.kind === 'found' ? { ...event, found: withProblems(event.found) } : event);
  const found = await investigate(
    subject,
    { ...sources, mapper, starterRunbooks: readStarterRunbooks, ...remembered, model: opened.model, ...opened.forAgents },
    tell,
    signal,
  );
  const spending = opened.spending();
  return withProblems(spending === null ? found : { ...found, usage: { ...found.usage, spending } });
}
