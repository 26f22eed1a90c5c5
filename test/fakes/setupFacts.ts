import type { Span } from '../../src/domain/span';
import type { SetupFacts } from '../../src/investigation/setup/setupFacts';
import { span } from './spans';

export const SETUP_NOW_MS = Date.UTC(2026, 4, 4, 12);
export const SETUP_SHA = 'c0ffee'.padEnd(40, '0');

/** A span that names all that places in the code need. */
export const taggedSpan = (given: Partial<Span> = {}): Span =>
  span({
    spanId: 's1',
    startMs: SETUP_NOW_MS - 60_000,
    ...given,
    meta: {
      'git.commit.sha': SETUP_SHA,
      'git.repository_url': 'git@github.com:acme/shop.git',
      '_dd.code_origin.frames.0.file': '/srv/shop/index.js',
      '_dd.code_origin.frames.0.line': '3',
      ...given.meta,
    },
  });

/** A span that names nothing. */
export const plainSpan = (given: Partial<Span> = {}): Span => span({ spanId: 's2', startMs: SETUP_NOW_MS - 60_000, ...given });

/** The facts of a setup in which nothing is missing. */
export function setupFacts(given: Partial<SetupFacts> = {}): SetupFacts {
  return {
    site: 'datadoghq.eu',
    siteHints: [],
    env: null,
    accessFailure: null,
    probes: [{ shows: 'logs', failure: null }],
    spans: [taggedSpan()],
    spansFailure: null,
    isFromLastHour: true,
    nowMs: SETUP_NOW_MS,
    sampling: { service: 'shop', counted: 100, seen: 100 },
    hasFolder: true,
    repositories: [{ name: 'shop', root: '/src/shop', remotes: ['github.com/acme/shop'], folders: new Set(['services', 'checkout']) }],
    repositoryProblems: [],
    builds: [{ service: 'shop', name: SETUP_SHA, isCommit: true, isAtHand: true }],
    ...given,
  };
}
