import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Span } from '../../src/domain/span';
import type { Recording } from '../../src/recording/recording';

/** Text that acts if anything takes it for HTML, Markdown, an icon, a link or a direction of writing. */
export const hostileText =
  '<script>window.__pwned=1</script><img src=x onerror="window.__pwned=2">[click](command:workbench.action.quit) $(trash) \u202egnp.exe';

/** What remains of it to be read, with its override spelled out. */
export const shownText = hostileText.replace('\u202e', '[U+202E]');

/** What a service would be called by someone who wants it to act. */
export const hostileService = 'payments<img src=x onerror="window.__pwned=3">';

export const secret = 'AIDOG-SECRET-OUTSIDE-THE-REPOSITORY';

/** Prefixes every commit message of a repository and says what each commit is called since. */
export function rewriteMessages(repository: string, prefix: string): ReadonlyMap<string, string> {
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: repository,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, PREFIX: prefix, FILTER_BRANCH_SQUELCH_WARNING: '1' },
    });
  const commits = () => git('log', '--format=%H').trim().split('\n');
  const before = commits();
  git('filter-branch', '-f', '--tag-name-filter', 'cat', '--msg-filter', 'printf "%s " "$PREFIX"; cat', '--', '--all');
  const after = commits();
  return new Map(before.map((sha, at) => [sha, after[at]!]));
}

/** Lays a link into the repository that leads to a file outside it; gives the link's path. */
export function plantLink(repository: string, outside: string): string {
  writeFileSync(outside, `${secret}\n`);
  const link = 'services/checkout/leak.js';
  symlinkSync(outside, path.join(repository, link));
  return link;
}

/** The recording with everything that outsiders can write made hostile, and its commits renamed. */
export function hostileRecording(recording: Recording, commits: ReadonlyMap<string, string>, link: string): Recording {
  const renamed = withTexts(recording, (text) => renameCommits(text, commits));
  const serviceOf = (service: string) => (service === 'payments' ? hostileService : service);
  return {
    ...renamed,
    alert: { ...renamed.alert, title: `${renamed.alert.title} ${hostileText}` },
    monitors: renamed.monitors.map((monitor) => ({
      ...monitor,
      name: `${monitor.name} ${hostileText}`,
      message: `${monitor.message} ${hostileText}`,
    })),
    logs: renamed.logs.map((log) => ({ ...log, service: serviceOf(log.service), message: `${log.message} ${hostileText}` })),
    spans: renamed.spans.map((span) => hostileSpan({ ...span, service: serviceOf(span.service) }, link)),
    changes: renamed.changes.map((change) => ({
      ...change,
      title: `${change.title} ${hostileText}`,
      text: hostileText,
      author: hostileText,
    })),
    dependencies: Object.fromEntries(Object.entries(renamed.dependencies ?? {}).map(([from, to]) => [serviceOf(from), to.map(serviceOf)])),
  };
}

/** Frames on top of the stack that lead out of the repository by dots, by a whole path and by a link. */
function hostileSpan(span: Span, link: string): Span {
  const stack = span.meta['error.stack'];
  if (!stack) return span;
  const root = /\/srv\/shop\/releases\/[^/]+/.exec(stack)?.[0] ?? '/srv/shop';
  const message = `${span.meta['error.message']} ${hostileText}`;
  const places = ['../../../../etc/passwd:1:1', '/etc/passwd:1:1', `${root}/../../../../etc/passwd:1:1`, `${root}/${link}:1:1`];
  const frames = [
    ...places.map((place, at) => `    at <img src=x>${at} (${place})`),
    ...stack.split('\n').filter((line) => /^\s+at /.test(line)),
  ];
  const meta = { ...span.meta, 'error.message': message, 'error.stack': [`${span.meta['error.type']}: ${message}`, ...frames].join('\n') };
  return { ...span, meta };
}

/** Full names, and the short ones inside the paths of releases. */
function renameCommits(text: string, commits: ReadonlyMap<string, string>): string {
  return text.replace(/[0-9a-f]{40}|(?<=\/releases\/[a-z]+-)[0-9a-f]{7}/gu, (sha) => {
    if (sha.length === 40) return commits.get(sha) ?? sha;
    const full = [...commits].find(([before]) => before.startsWith(sha));
    return full ? full[1].slice(0, 7) : sha;
  });
}

function withTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => withTexts(item, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTexts(item as unknown, change)])) as T;
}
