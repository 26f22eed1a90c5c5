import type { BehaviorRecord } from '../../src/domain/behavior';

export const deed = (given: Partial<BehaviorRecord> = {}): BehaviorRecord => ({
  atMs: 0,
  deed: 'execute',
  subject: 'step',
  kind: 'open_code',
  title: 'Open shop/prices.js:4',
  incidentType: 'error_burst',
  service: 'shop',
  ...given,
});

export const times = (count: number, given: Partial<BehaviorRecord> = {}): readonly BehaviorRecord[] =>
  Array.from({ length: count }, (_, index) => deed({ atMs: index, ...given }));
