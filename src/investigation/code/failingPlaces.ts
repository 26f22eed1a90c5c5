import { changedFileOf } from '../../code/changedFile';
import { codeOrigin } from '../../code/codeOrigin';
import { repositoryTag } from '../../code/deployedCommit';
import type { FrameMapper } from '../../code/mapping';
import type { FailingFrame } from '../../code/suspectInput';
import type { FailingPlace } from '../../diagnosis/codeFindings';
import type { FailureFinding, Findings } from '../../diagnosis/findings';
import type { FrameMapping, StackFrame } from '../../domain/frame';
import type { Span } from '../../domain/span';
import type { Run } from '../run';
import type { RunningCommits } from './deployed';
import { isOfAlert } from './ofAlert';

/** Where the code fails, or makes the calls that are too many. */
export interface FailingPlaces {
  readonly place: FailingPlace | null;
  /** Whose code the frames are of; null without any. */
  readonly service: string | null;
  /** The commit that the lines of `frames` refer to. */
  readonly commit: string | null;
  /** Our own frames, innermost first. */
  readonly frames: readonly FailingFrame[];
}

interface Lead {
  /** Whether the first frame is the very line, rather than the handler that leads there. */
  readonly isExact: boolean;
  readonly service: string;
  readonly evidence: string;
  readonly span: Span | null;
  /** Innermost first. */
  readonly frames: readonly StackFrame[];
}

/** Frames as they were printed, where no repository holds their files but commits are known that changed them (`files`). */
function unmapped(leads: readonly Lead[], files: readonly string[]): Pick<FailingPlaces, 'service' | 'frames'> {
  const known = [...new Set(files)];
  for (const { frames, isExact, service } of leads) {
    if (!isExact) continue;
    const found = frames.flatMap((frame): FailingFrame[] => {
      if (frame.kind !== 'app' || frame.line === null) return [];
      const path = changedFileOf(frame, known, service);
      return path === null ? [] : [{ path, line: frame.line, function: frame.function }];
    });
    if (found.length > 0) return { service, frames: found };
  }
  return { service: null, frames: [] };
}

/** Follows the strongest lead that ends in our own code. For slowness the repeated calls lead, for errors their stacks. */
export async function failingPlaces(
  findings: Findings,
  mapper: FrameMapper,
  running: RunningCommits,
  run: Run,
  files: readonly string[] = [],
): Promise<FailingPlaces> {
  const failures = findings.failures
    .filter(({ service }) => isOfAlert(findings, service))
    .sort((a, b) => rank(findings, a) - rank(findings, b) || b.count - a.count);
  const leads =
    findings.symptom === 'latency' ? [...slowLeads(findings), ...failures.map(leadOf)] : [...failures.map(leadOf), ...slowLeads(findings)];
  for (const lead of leads) {
    const commit = (lead.span ? await running.ofSpan(lead.span, run.signal) : null) ?? (await running.ofService(lead.service, run.signal));
    const mapped = await mapFrames(lead, commit, mapper, run.signal);
    const first = mapped[0];
    if (!first?.deployed) continue;
    const place = {
      service: lead.service,
      location: first.deployed,
      workspace: first.location,
      evidence: lead.evidence,
      isExact: lead.isExact,
    };
    const frames = mapped.flatMap(({ deployed }) =>
      deployed ? [{ path: deployed.file, line: deployed.line, function: deployed.function }] : [],
    );
    return { place, service: lead.service, commit, frames };
  }
  return { place: null, commit: null, ...unmapped(leads, files) };
}

/** Errors of the first failing service before others. */
const rank = (findings: Findings, failure: FailureFinding) => (failure.service === findings.firstFailing ? 0 : 1);

/** The innermost exception's frames; where it is a span without a stack, where the tracer says it began. */
function leadOf({ service, evidence, span, stack }: FailureFinding): Lead {
  const thrown = [...(stack.at(-1)?.frames ?? []), ...(stack.length > 1 ? (stack[0]?.frames ?? []) : [])];
  const frames = thrown.length > 0 ? thrown : originFrames(span);
  return { service, evidence, span, frames, isExact: thrown.length > 0 || isExit(span) };
}

function slowLeads({ repeats, slow }: Findings): Lead[] {
  return [
    ...repeats.map(({ call, evidence }) => ({
      service: call.service,
      evidence,
      isExact: isExit(call.example.span),
      span: call.parent.span,
      frames: [...originFrames(call.example.span), ...originFrames(call.parent.span)],
    })),
    ...slow.map(({ operation, evidence }) => {
      const { span, parent } = operation.during.example;
      const own = originFrames(span);
      return {
        service: span.service,
        evidence,
        isExact: false,
        span,
        frames: own.length > 0 ? own : parent?.span.service === span.service ? originFrames(parent.span) : [],
      };
    }),
  ];
}

const isExit = (span: Span | null) => span !== null && codeOrigin(span.meta, span.metrics)?.type === 'exit';
const originFrames = (span: Span | null) => (span === null ? [] : (codeOrigin(span.meta, span.metrics)?.frames ?? []));

async function mapFrames(
  { frames, service, span }: Lead,
  commit: string | null,
  mapper: FrameMapper,
  signal: AbortSignal,
): Promise<FrameMapping[]> {
  const own = frames.filter(({ kind }) => kind === 'app');
  const repositoryUrl = span ? repositoryTag(span.meta) : null;
  const mapped = await mapper.mapTrace(own, { commit, service, repositoryUrl }, signal);
  return mapped.filter((mapping) => mapping.deployed !== null);
}
