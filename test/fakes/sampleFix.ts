import type { FixContents, FixDraft, FixReason } from '../../src/domain/fix';

export const reverted = 'fef1cf73fd8f5325db8d9b052b7fcee6c8ae4862';
const fixed = 'c'.repeat(40);

export function sampleContents(changes: Partial<FixContents> = {}): FixContents {
  const files = [{ path: 'src/cart.js', previousPath: null, status: 'modified' as const }];
  return { files, conflicts: [], untracked: [], fingerprint: 'one', commit: null, isDirty: true, ...changes };
}

/** The same contents when they have been committed. */
export const committedContents = (changes: Partial<FixContents> = {}): FixContents =>
  sampleContents({ commit: fixed, isDirty: false, ...changes });

export function sampleReason(changes: Partial<FixReason> = {}): FixReason {
  return {
    incident: 'Checkout fails',
    service: 'checkout',
    verdict: 'code',
    link: 'https://app.datadoghq.com/monitors/1',
    startedAt: '2026-11-01T10:00:00Z',
    hypothesis: 'A change to total() throws',
    confidence: 0.82,
    place: 'src/cart.js:3',
    evidenceFor: [
      {
        id: 'E1',
        summary: 'TypeError in total()',
        source: 'datadog',
        query: 'service:checkout @http.status_code:500',
        link: 'https://app.datadoghq.com/logs?query=x',
      },
    ],
    evidenceAgainst: [{ id: 'E2', summary: 'payments answers as before', source: 'datadog', query: '', link: null }],
    unchecked: ['Whether guests fail too'],
    forecasts: [
      { title: 'Failed orders', unit: 'orders/s', threshold: 2, breachInSec: 900, median: 4, p10: 2, p90: 7.5, horizonSec: 3600 },
    ],
    ...changes,
  };
}

/** A drafted fix, with a revert that nothing was done about yet. */
export function sampleFix(changes: Partial<FixDraft> = {}): FixDraft {
  return {
    id: 'fix-1',
    repository: '/w',
    worktree: '/storage/fixes/checkout',
    branch: 'aidog/checkout-fails-revert-fef1cf7',
    start: { commit: 'a'.repeat(40), name: 'origin/main', remoteBranch: 'main' },
    patch: { kind: 'revert', commit: reverted, title: 'Round totals', isMerge: false },
    isWorkingTreeDirty: false,
    reason: sampleReason(),
    contents: sampleContents(),
    tests: null,
    push: null,
    pullRequest: null,
    failure: null,
    ...changes,
  };
}

export const samplePush = {
  remote: { name: 'origin', url: 'https://github.com/acme/shop.git', github: { host: 'github.com', owner: 'acme', name: 'shop' } },
  commit: fixed,
};
