import type { ResolvedException, ResolvedFrame, ResolvedTrace } from '../../src/domain/resolvedTrace';

/** A frame of the program that moved from line 14 to 19 of `services/checkout/pricing.js` in `/shop`. */
export function resolvedFrame(changes: Partial<ResolvedFrame> = {}): ResolvedFrame {
  return {
    function: 'discount',
    file: '/srv/shop/services/checkout/pricing.js',
    line: 14,
    column: 3,
    kind: 'app',
    range: { start: 10, end: 40 },
    workspace: { root: '/shop', path: 'services/checkout/pricing.js', line: 19, status: 'moved', score: 0.95, reason: 'It moved.' },
    deployed: { file: 'services/checkout/pricing.js', line: 14, function: 'discount' },
    candidates: [],
    reason: 'It moved.',
    ...changes,
  };
}

/** A frame below `node_modules`; `at` makes it differ from others. */
export const libraryFrame = (at = 1): ResolvedFrame =>
  resolvedFrame({
    function: 'handle',
    file: '/srv/shop/node_modules/express/index.js',
    line: at,
    kind: 'library',
    workspace: null,
    deployed: null,
    reason: 'The frame is in a library.',
  });

export const resolvedException = (frames: readonly ResolvedFrame[], changes: Partial<ResolvedException> = {}): ResolvedException => ({
  type: 'TypeError',
  message: 'tier of undefined',
  relation: null,
  frames,
  ...changes,
});

export function resolvedTrace(exceptions: readonly ResolvedException[], changes: Partial<ResolvedTrace> = {}): ResolvedTrace {
  return {
    language: 'javascript',
    exceptions,
    culpritFrame: 0,
    commit: 'fef1cf73fd8f5325db8d9b052b7fcee6c8ae4862',
    service: 'checkout',
    range: { start: 0, end: 100 },
    ...changes,
  };
}
