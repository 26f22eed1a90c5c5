import * as z from 'zod/mini';
import { plainTexts } from '../src/domain/plainText';
import { type PanelTab, panelTabs } from '../src/protocol/panelApi';
import type { PanelSnapshot } from '../src/protocol/snapshot';
import { announcementFor } from './announcement';

/** What the view remembers across hide and reload; the rest comes with the next snapshot. */
export const viewMemory = z.object({
  runId: z.nullable(z.string()),
  tab: z.enum(panelTabs),
  /** Pixels scrolled, a tab. */
  scroll: z.partialRecord(z.enum(panelTabs), z.number()),
  evidenceKind: z.nullable(z.string()),
  forecastId: z.nullable(z.string()),
  chartIndex: z.int().check(z.minimum(0)),
  /** Names of the disclosures that are open. */
  opened: z._default(z.array(z.string()), []),
});
export type ViewMemory = z.infer<typeof viewMemory>;

/** A request to bring an item into view; `count` tells two requests for the same item apart. */
export interface Reveal {
  readonly id: string;
  readonly count: number;
}

export interface PanelState {
  readonly snapshot: PanelSnapshot | null;
  readonly memory: ViewMemory;
  readonly reveal: Reveal | null;
  /** For screen readers: what changed with the last snapshot; empty when nothing worth saying did. */
  readonly announcement: string;
}

export type PanelAction =
  | { readonly kind: 'snapshot'; readonly snapshot: PanelSnapshot }
  | { readonly kind: 'show'; readonly tab: PanelTab; readonly id: string | null }
  | { readonly kind: 'opened'; readonly name: string; readonly isOpen: boolean }
  | { readonly kind: 'scrolled'; readonly tab: PanelTab; readonly top: number }
  | { readonly kind: 'remember'; readonly memory: Partial<Pick<ViewMemory, 'evidenceKind' | 'forecastId' | 'chartIndex'>> };

const freshMemory: ViewMemory = {
  runId: null,
  tab: 'overview',
  scroll: {},
  evidenceKind: null,
  forecastId: null,
  chartIndex: 0,
  opened: [],
};

/** The state before the first snapshot; whatever was saved in an unknown shape is forgotten. */
export function initialState(saved: unknown): PanelState {
  const parsed = viewMemory.safeParse(saved);
  return { snapshot: null, memory: parsed.success ? parsed.data : freshMemory, reveal: null, announcement: '' };
}

/** A new snapshot replaces the last one whole; another run starts at the overview. */
export function reduce(state: PanelState, action: PanelAction): PanelState {
  switch (action.kind) {
    case 'snapshot': {
      const snapshot = plainTexts(action.snapshot);
      const isOtherRun = state.memory.runId !== snapshot.runId;
      return {
        snapshot,
        memory: isOtherRun ? { ...freshMemory, runId: snapshot.runId } : state.memory,
        reveal: isOtherRun ? null : state.reveal,
        announcement: announcementFor(state.snapshot, snapshot),
      };
    }
    case 'show':
      return {
        ...state,
        memory: { ...state.memory, tab: action.tab, evidenceKind: action.id === null ? state.memory.evidenceKind : null },
        reveal: action.id === null ? null : { id: action.id, count: (state.reveal?.count ?? 0) + 1 },
      };
    case 'opened': {
      const { opened } = state.memory;
      if (opened.includes(action.name) === action.isOpen) return state;
      const others = opened.filter((name) => name !== action.name);
      return { ...state, memory: { ...state.memory, opened: action.isOpen ? [...others, action.name] : others } };
    }
    case 'scrolled':
      return { ...state, memory: { ...state.memory, scroll: { ...state.memory.scroll, [action.tab]: action.top } } };
    case 'remember':
      return { ...state, memory: { ...state.memory, ...action.memory } };
  }
}
