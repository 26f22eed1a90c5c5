import { isToBlame } from '../../code/blame';
import { repositoryTag } from '../../code/deployedCommit';
import { followLine } from '../../code/followLine';
import { hotPaths } from '../../code/hotPaths';
import { createFrameMapper, type FrameMapper } from '../../code/mapping';
import type { EvidenceClass as ClueClass, RankedSuspect } from '../../code/suspectInput';
import { rankSuspects, readCommits } from '../../code/suspects';
import type { CodeFindings, CodeSuspect } from '../../diagnosis/codeFindings';
import type { EvidenceClass } from '../../diagnosis/confidence';
import { exonerations } from '../../diagnosis/exonerations';
import type { Findings } from '../../diagnosis/findings';
import { isHarmSeen } from '../../diagnosis/observedSymptoms';
import { isGeneralFit, slowdownElsewhere, slowdownFit } from '../../diagnosis/slowdown';
import type { CodeHit } from '../../domain/evidence';
import { formatPlural, formatSha } from '../../domain/format';
import type { CodeLocation, WorkingTreeLocation } from '../../domain/frame';
import type { SuspectCommit } from '../../domain/hypothesis';
import type { Repository } from '../../domain/ports';
import type { Gathered, HeldCommit } from '../gathered';
import type { Run } from '../run';
import { absentCommits, createRunningCommits, type RunningCommits } from './deployed';
import { failingPlaces } from './failingPlaces';
import { gitEvidence, leftOut } from './gitEvidence';
import { type JudgedService, servicesToJudge } from './judgedServices';
import { placeLogStatements } from './logStatements';
import { type Reading, suspectInput } from './suspectInput';

/** What reading the code gave. */
export interface CodeReading {
  readonly code: CodeFindings;
  readonly suspectCommits: readonly SuspectCommit[];
  readonly codeHits: readonly CodeHit[];
  /** Which commits were not judged and why, for a person; null when all were. */
  readonly leftOut: string | null;
}

const NOTHING: CodeReading = {
  code: { hasRepository: false, suspects: [], place: null, absentCommits: [] },
  suspectCommits: [],
  codeHits: [],
  leftOut: null,
};
const MAX_SUSPECTS = 3;
/** A commit below this is no lead; it is listed, but no hypothesis is made of it. */
const LEAD_BAR = 0.15;
const MAX_LISTED = 10;

/** Follows stacks and traces into the repositories, and ranks the commits that may be to blame. A failure costs only this. */
export function readCode(gathered: Gathered, findings: Findings, run: Run): Promise<CodeReading> {
  if (run.deps.repositories.length === 0) return Promise.resolve(NOTHING);
  return run.ask({
    agent: 'code.suspects',
    otherwise: { ...NOTHING, code: { ...NOTHING.code, hasRepository: true } },
    ask: (signal) => readCodeNow(gathered, findings, run, signal),
    note: ({ suspectCommits, code, leftOut: unjudged }) =>
      [
        formatPlural(suspectCommits.length, 'suspect'),
        ...(code.place === null ? [] : [`fails at ${code.place.location.file}:${code.place.location.line}`]),
        ...(unjudged === null ? [] : [unjudged]),
      ].join(', '),
  });
}

async function readCodeNow(gathered: Gathered, findings: Findings, run: Run, signal: AbortSignal): Promise<CodeReading> {
  const { repositories } = run.deps;
  const mapper = run.deps.mapper ?? createFrameMapper(repositories);
  const running = createRunningCommits(findings, repositories);
  await placeStacks(findings, mapper, running, run, signal);
  await placeLogStatements(findings, mapper, running, run, signal);
  const changed = gathered.commits.flatMap(({ commit }) => commit.files);
  const places = await failingPlaces(findings, mapper, running, run, changed);
  const git = await gitEvidence(gathered.commits, places, findings.onsetMs, repositories, signal);
  const ranked = await rankUnderEachService(gathered, findings, { places, git }, signal);
  const unsaid = leftOut(git.unpushed, new Set(ranked.map(({ sha }) => sha)));
  const holders = new Map(gathered.commits.map((held) => [held.commit.sha, held]));
  const leads = ranked.filter((suspect) => suspect.score >= LEAD_BAR).slice(0, MAX_SUSPECTS);
  const excuses = exonerations(findings);
  const suspects = await Promise.all(
    leads.map(async (suspect) => ({
      ...(await codeSuspect(suspect, holders.get(suspect.sha), running, run, signal)),
      evidenceClass: classOf(suspect, findings),
      isToBlame: isHarmSeen(findings) && isToBlame(suspect, ranked, [...excuses, ...slowdownElsewhere(suspect, findings)]),
    })),
  );
  return {
    code: {
      hasRepository: true,
      suspects,
      place: places.place,
      absentCommits: await absentCommits(findings.path, running, repositories, signal),
    },
    codeHits: await hotPaths(spansOf(findings), findings.onsetMs, mapper, signal),
    leftOut: unsaid,
    suspectCommits: ranked
      .slice(0, MAX_LISTED)
      .map(({ sha, score, reasons, title, author, committedAt }) => ({ sha, score, reasons, title, author, committedAt })),
  };
}

const spansOf = ({ during, before }: Findings) => [...during, ...before].flatMap((trace) => trace.nodes.map(({ span }) => span));

/** Gives the stacks among the evidence their places in the workspace. */
async function placeStacks(findings: Findings, mapper: FrameMapper, running: RunningCommits, run: Run, signal: AbortSignal): Promise<void> {
  for (const { service, stack, evidence, span } of findings.failures) {
    if (stack.length === 0) continue;
    const repositoryUrl = span ? repositoryTag(span.meta) : null;
    const context = { service, commit: await running.ofService(service, signal), repositoryUrl };
    const mapped = [];
    for (const exception of stack) mapped.push(await mapper.mapException(exception, context, signal));
    run.evidence.withStack(evidence, mapped);
  }
}

/** `service` ran the commit, `suffering` shows the symptoms: itself, or a service that it calls. */
interface PlacedSuspect extends RankedSuspect, JudgedService {}

/**
 * Commits are judged under each service that may be at fault; the best judgement of a commit counts. Where a line of code fails
 * exactly, that is its service; else the likeliest culprit, the first that fails along the calls, the one that alerts, and their
 * neighbours, whose calls or answers may be what hurts.
 */
async function rankUnderEachService(gathered: Gathered, findings: Findings, reading: Reading, signal: AbortSignal) {
  const best = new Map<string, PlacedSuspect>();
  const candidates = readCommits(gathered.commits.map(({ commit }) => commit));
  for (const judged of servicesToJudge(findings, reading.places))
    for (const suspect of rankSuspects(await suspectInput(gathered, findings, reading, judged, signal), candidates))
      if (suspect.score > (best.get(suspect.sha)?.score ?? -1)) best.set(suspect.sha, { ...suspect, ...judged });
  return [...best.values()].sort((a, b) => b.score - a.score || (a.sha < b.sha ? -1 : 1));
}

const CLASSES: Readonly<Record<ClueClass, EvidenceClass>> = {
  blamed_line: 'decisive',
  same_function: 'decisive',
  mechanism: 'mechanism',
  lexical: 'association',
  same_file: 'association',
  time_only: 'timing',
};

/** What only a diff shows, and what is seen after nearly every cause, do not make a mechanism that is seen. */
function classOf(suspect: PlacedSuspect, findings: Findings): EvidenceClass {
  const own = CLASSES[suspect.evidenceClass];
  return isGeneralFit(suspect)
    ? { seen: own, unknown: 'association' as const, elsewhere: 'timing' as const }[slowdownFit(suspect, findings)]
    : own;
}

async function codeSuspect(
  suspect: PlacedSuspect,
  held: HeldCommit | undefined,
  running: RunningCommits,
  run: Run,
  signal: AbortSignal,
): Promise<Omit<CodeSuspect, 'isToBlame' | 'evidenceClass'>> {
  const { sha, title, author, committedAt, score, reasons, location, service, suffering, mechanism, explains } = suspect;
  const files = held?.commit.files ?? [];
  return {
    sha,
    title,
    service: suffering,
    score,
    reasons,
    mechanism,
    explains,
    location: held && location ? await asDeployed(held.repository, sha, location, service, running, signal) : location,
    workspace: held && location ? await workspaceOf(held.repository, sha, location, signal) : null,
    evidence: run.evidence.add({
      kind: 'commit',
      source: 'git',
      query: `git show ${sha}`,
      window: null,
      summary: `Commit ${formatSha(sha)} by ${author}, "${title}": ${reasons.join('; ')}`,
      value: { sha, author, committedAt, score, files: files.slice(0, 20) },
      link: null,
    }),
  };
}

/** Where a line of the commit is in what the service ran; as the commit has it where that is not known or not held. */
async function asDeployed(
  repository: Repository,
  sha: string,
  location: CodeLocation,
  service: string | null,
  running: RunningCommits,
  signal: AbortSignal,
): Promise<CodeLocation> {
  const deployed = service === null ? null : await running.ofService(service, signal);
  if (deployed === null || !(await repository.hasCommit(deployed, signal))) return location;
  return followLine(repository, sha, deployed, location, signal);
}

/** Where a line of the commit is in the working tree; null where there is none. */
async function workspaceOf(
  repository: Repository,
  sha: string,
  location: CodeLocation,
  signal: AbortSignal,
): Promise<WorkingTreeLocation | null> {
  if (repository.root === null) return null;
  const mapped = await repository.mapLine(sha, location.file, location.line, signal);
  return {
    root: repository.root,
    path: mapped.path,
    line: mapped.line,
    status: mapped.status,
    score: 0.95,
    reason: `Followed from commit ${formatSha(sha)}.`,
  };
}
