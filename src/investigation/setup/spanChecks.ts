import { codeOrigin } from '../../code/codeOrigin';
import { commitTag } from '../../code/deployedCommit';
import { messageFor } from '../../domain/errors';
import { formatCount, formatDuration, formatPercent, formatPlural } from '../../domain/format';
import type { SetupCheck, SetupFix } from '../../domain/setupCheck';
import { byService } from './byService';
import type { SetupFacts } from './setupFacts';

/** Whether there are spans, and whether they say what AIDog needs to find code by. */
export function spanChecks(facts: SetupFacts): SetupCheck[] {
  return [timeRangeCheck(facts), samplingCheck(facts), gitTagsCheck(facts), codeOriginCheck(facts)];
}

const GIT_TAGS_FIX: SetupFix = {
  kind: 'read',
  title: 'How to tag spans with the commit',
  text: [
    'Set these where the service runs, for example in its Dockerfile or its deployment:',
    '',
    '  DD_GIT_COMMIT_SHA=<the commit that was built>',
    '  DD_GIT_REPOSITORY_URL=<address of the repository>',
    '',
    'Libraries too old for them take DD_TAGS="git.commit.sha:<commit>,git.repository_url:<address>".',
    'With OpenTelemetry, set the resource attributes vcs.ref.head.revision and vcs.repository.url.full.',
    'Without any of them AIDog goes by the version and by deployments, and by Git tags such as v1.2.3.',
    '',
    'https://docs.datadoghq.com/integrations/guide/source-code-integration/',
  ].join('\n'),
};

const CODE_ORIGIN_FIX: SetupFix = {
  kind: 'read',
  title: 'How to let spans name their code',
  text: [
    'Set this where the service runs (Node.js, Python, Java; a recent tracing library):',
    '',
    '  DD_CODE_ORIGIN_FOR_SPANS_ENABLED=true',
    '',
    'Transpiled Node.js code needs its source maps beside it, and node --enable-source-maps.',
    'Without it AIDog finds code by stack traces, routes and log statements.',
    '',
    'https://docs.datadoghq.com/tracing/code_origin/',
  ].join('\n'),
};

const SAMPLING_FIX: SetupFix = {
  kind: 'page',
  title: 'Read how Datadog keeps and drops traces',
  url: 'https://docs.datadoghq.com/tracing/trace_pipeline/ingestion_controls/',
};

function timeRangeCheck({ spans, spansFailure, isFromLastHour, env, nowMs }: SetupFacts): SetupCheck {
  const check = { id: 'timeRange', title: 'Spans in the last hour' } as const;
  if (spansFailure !== null) return { ...check, status: 'unknown', detail: messageFor(spansFailure), fix: null };
  const where = env === null ? '' : ` of the environment "${env}"`;
  const fix: SetupFix | null = env === null ? null : { kind: 'setting', title: 'Change the environment', key: 'aidog.datadog.env' };
  if (spans.length === 0) {
    const detail = `Datadog has no span${where} of the last day. Check that the services are traced and report to this account and site.`;
    return { ...check, status: 'problem', detail, fix };
  }
  const services = formatPlural(byService(spans).length, 'service');
  if (isFromLastHour) {
    const detail = `Datadog has spans${where} of ${services}, seen in the newest ${formatCount(spans.length)}.`;
    return { ...check, status: 'ok', detail, fix: null };
  }
  const newestMs = spans.reduce((newest, { startMs }) => Math.max(newest, startMs), 0);
  const detail = `The last hour has no span${where}; the newest, of ${services}, is ${formatDuration(nowMs - newestMs)} old.`;
  return { ...check, status: 'warning', detail, fix };
}

/** Retention filters and rounding lose a little everywhere. */
const ENOUGH = 0.9;

function samplingCheck({ sampling }: SetupFacts): SetupCheck {
  const check = { id: 'sampling', title: 'Sampling' } as const;
  if (sampling === null || sampling.counted === 0)
    return {
      ...check,
      status: 'unknown',
      detail: 'No service counts its requests in a trace metric, so the share of kept traces is not known.',
      fix: null,
    };
  const share = Math.min(1, sampling.seen / sampling.counted);
  const counts = `${formatCount(sampling.counted)} requests that ${sampling.service} counted`;
  if (share >= ENOUGH)
    return { ...check, status: 'ok', detail: `${formatPercent(share)} of the ${counts} can be searched as spans.`, fix: null };
  const detail = `Only ${formatPercent(share)} of the ${counts} can be searched as spans; the others were sampled away, so a rare failure may show none.`;
  return { ...check, status: 'warning', detail, fix: SAMPLING_FIX };
}

interface TagCheck {
  readonly id: 'gitTags' | 'codeOrigin';
  readonly title: string;
  /** What spans lack, as the object of a sentence. */
  readonly what: string;
  readonly has: (span: SetupFacts['spans'][number]) => boolean;
  readonly fix: SetupFix;
}

const gitTagsCheck = (facts: SetupFacts) =>
  tagCheck(facts, {
    id: 'gitTags',
    title: 'Commit on spans',
    what: 'the commit that runs (git.commit.sha)',
    has: ({ meta }) => commitTag(meta) !== null,
    fix: GIT_TAGS_FIX,
  });

const codeOriginCheck = (facts: SetupFacts) =>
  tagCheck(facts, {
    id: 'codeOrigin',
    title: 'Code Origin',
    what: 'the code that they come from',
    has: ({ meta, metrics }) => codeOrigin(meta, metrics) !== null,
    fix: CODE_ORIGIN_FIX,
  });

/** Tags stand on the first span of a service only, so a service counts as soon as one of its spans has them. */
function tagCheck({ spans }: SetupFacts, { id, title, what, has, fix }: TagCheck): SetupCheck {
  const services = byService(spans);
  if (services.length === 0) return { id, title, status: 'unknown', detail: 'There is no span to look at.', fix: null };
  const without = services.filter(([, ofService]) => !ofService.some(has)).map(([service]) => service);
  if (without.length === 0) return { id, title, status: 'ok', detail: `The spans of every service name ${what}.`, fix: null };
  const detail =
    without.length === services.length
      ? `No span names ${what}.`
      : `The spans of ${listed(without)} do not name ${what}; those of others do.`;
  return { id, title, status: 'warning', detail, fix };
}

const MAX_LISTED = 5;

/** `a, b and 3 more`. */
export function listed(names: readonly string[]): string {
  const left = names.length - MAX_LISTED;
  return left > 0 ? `${names.slice(0, MAX_LISTED).join(', ')} and ${left} more` : names.join(', ');
}
