import * as z from 'zod/mini';
import { formatPlural } from '../src/domain/format';
import { plainTexts } from '../src/domain/plainText';
import type { HomeSnapshot } from '../src/protocol/homeApi';

/** What Home remembers across hide and reload; the rest comes with the next snapshot. */
export const homeMemory = z.object({
  /** The chosen environment; null for all. */
  env: z.nullable(z.string()),
});
export type HomeMemory = z.infer<typeof homeMemory>;

export interface HomeState {
  readonly snapshot: HomeSnapshot | null;
  readonly memory: HomeMemory;
  /** For screen readers: what changed with the last snapshot; empty when nothing worth saying did. */
  readonly announcement: string;
}

export type HomeAction =
  | { readonly kind: 'snapshot'; readonly snapshot: HomeSnapshot }
  | { readonly kind: 'chooseEnv'; readonly env: string | null };

/** The state before the first snapshot; whatever was saved in an unknown shape is forgotten. */
export function initialHome(saved: unknown): HomeState {
  const parsed = homeMemory.safeParse(saved);
  return { snapshot: null, memory: parsed.success ? parsed.data : { env: null }, announcement: '' };
}

export function reduceHome(state: HomeState, action: HomeAction): HomeState {
  if (action.kind === 'chooseEnv') return { ...state, memory: { env: action.env } };
  const snapshot = plainTexts(action.snapshot);
  return { ...state, snapshot, announcement: homeAnnouncement(state.snapshot, snapshot) };
}

/** What a screen reader says about the step from one snapshot to the next. */
export function homeAnnouncement(before: HomeSnapshot | null, after: HomeSnapshot): string {
  const { status, report, problem } = after.survey;
  if (before?.survey.status === status) return '';
  switch (status) {
    case 'running':
      return 'Looking at the services.';
    case 'ready':
      return report ? found(report.anomalies.filter(({ endedMs }) => endedMs === null).length) : '';
    case 'failed':
      return problem ?? 'The look at the services failed.';
    case 'cancelled':
      return 'The look at the services was cancelled.';
    case 'waiting':
      return '';
  }
}

const found = (count: number) => (count === 0 ? 'Nothing is unusual now.' : `${formatPlural(count, 'anomaly', 'anomalies')} now.`);
