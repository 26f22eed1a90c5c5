import type { TextRange } from '../domain/frame';

/** What the text around a trace says about the program that printed it. */
export interface TraceLabels {
  readonly commit: string | null;
  readonly version: string | null;
  readonly service: string | null;
  /** In any spelling. */
  readonly repositoryUrl: string | null;
}

interface Label {
  readonly kind: keyof TraceLabels;
  readonly value: string;
  readonly at: number;
}

/** Datadog's log correlation and Git tags, OpenTelemetry's resource attributes, and what build systems call the commit. */
const KINDS: Readonly<Record<string, keyof TraceLabels>> = {
  'git.commit.sha': 'commit',
  dd_git_commit_sha: 'commit',
  'vcs.ref.head.revision': 'commit',
  'vcs.repository.ref.revision': 'commit',
  git_commit: 'commit',
  git_sha: 'commit',
  commit_sha: 'commit',
  'dd.version': 'version',
  dd_version: 'version',
  'service.version': 'version',
  'dd.service': 'service',
  dd_service: 'service',
  'service.name': 'service',
  'git.repository_url': 'repositoryUrl',
  dd_git_repository_url: 'repositoryUrl',
  'vcs.repository.url.full': 'repositoryUrl',
};

/** `dd.version=1.2`, `"git.commit.sha":"c0ffee1"`, also in JSON within JSON, where quotes have backslashes. */
const LABEL = new RegExp(
  `(${Object.keys(KINDS)
    .map((name) => name.replaceAll('.', '\\.'))
    .join('|')})\\\\{0,3}["']?\\s{0,2}[:=]\\s{0,2}\\\\{0,3}["']?([\\w.+/@:-]{1,200})`,
  'gi',
);

/** `"dd":{"trace_id":"1","service":"shop","version":"1.2"}`, as loggers with an injected object write it. */
const INJECTED = /"dd"\s{0,2}:\s{0,2}\{([^{}]{0,400})\}/g;
const INJECTED_FIELD = /"(service|version)"\s{0,2}:\s{0,2}"([\w.+/@-]{1,100})"/g;

const COMMIT = /^[0-9a-f]{7,64}$/i;
const MAX_LABELS = 10_000;

/** Finds labels in a text once and says which of them belong to a part of it. Takes time linear in the text. */
export function readTraceLabels(text: string): (range: TextRange) => TraceLabels {
  const labels = [...plainLabels(text), ...injectedLabels(text)].sort((left, right) => left.at - right.at);
  const of = (kind: Label['kind']) => labels.filter((label) => label.kind === kind);
  const [commits, versions, services, urls] = [of('commit'), of('version'), of('service'), of('repositoryUrl')];
  return ({ start, end }) => {
    const lineStart = text.lastIndexOf('\n', Math.max(0, start - 1)) + 1;
    const newline = text.indexOf('\n', end);
    const lineEnd = newline === -1 ? text.length : newline;
    const pick = (all: readonly Label[]) => nearest(all, lineStart, lineEnd);
    return { commit: pick(commits), version: pick(versions), service: pick(services), repositoryUrl: pick(urls) };
  };
}

/** A label on the trace's own lines, else the last one before it, else the only one there is. */
function nearest(labels: readonly Label[], start: number, end: number): string | null {
  const next = firstAtOrAfter(labels, start);
  const inside = labels[next];
  if (inside !== undefined && inside.at < end) return inside.value;
  const before = labels[next - 1];
  if (before !== undefined) return before.value;
  return labels.every(({ value }) => value === labels[0]?.value) ? (labels[0]?.value ?? null) : null;
}

/** Labels are in order, and a log has many of them and many traces. */
function firstAtOrAfter(labels: readonly Label[], start: number): number {
  let [low, high] = [0, labels.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((labels[middle]?.at ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function* plainLabels(whole: string): Generator<Label> {
  let found = 0;
  for (const match of whole.matchAll(LABEL)) {
    const [, name = '', text = ''] = match;
    const kind = KINDS[name.toLowerCase()];
    // Only addresses have colons; after anything else one ends the value.
    const value = kind === 'repositoryUrl' ? text : (text.split(':', 1)[0] ?? '');
    if (kind === undefined || value === '' || (kind === 'commit' && !COMMIT.test(value))) continue;
    yield { kind, value, at: match.index };
    found += 1;
    if (found >= MAX_LABELS) return;
  }
}

function* injectedLabels(text: string): Generator<Label> {
  let found = 0;
  for (const match of text.matchAll(INJECTED)) {
    for (const [, kind, value = ''] of (match[1] ?? '').matchAll(INJECTED_FIELD)) {
      yield { kind: kind === 'service' ? 'service' : 'version', value, at: match.index };
    }
    found += 1;
    if (found >= MAX_LABELS) return;
  }
}
