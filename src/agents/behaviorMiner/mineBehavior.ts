import type { BehaviorRecord } from '../../domain/behavior';

/** How someone takes to one kind of thing. */
export interface Preference {
  readonly subject: BehaviorRecord['subject'];
  readonly kind: string;
  readonly accepted: number;
  readonly rejected: number;
  readonly executed: number;
  /** 0..1: the share that was welcome, drawn towards a half where little is known (Laplace's rule of succession). */
  readonly score: number;
}

/** Something that comes again. */
export interface BehaviorPattern {
  /** `P1`, `P2`, … */
  readonly id: string;
  readonly kind: 'first_action' | 'repeated_title' | 'refused_kind';
  /** Type of the incident; null where it holds for all. */
  readonly incidentType: string | null;
  /** What is done: an action, a title. */
  readonly what: string;
  readonly count: number;
  readonly of: number;
  /** One sentence for a person. */
  readonly text: string;
}

export interface BehaviorProfile {
  /** Strongest first. */
  readonly preferences: readonly Preference[];
  readonly patterns: readonly BehaviorPattern[];
}

/** Less is no habit. */
const MIN_COUNT = 3;
const MIN_SHARE = 0.6;
const MAX_PATTERNS = 8;

/** Preferences and habits in what someone accepted, rejected and did: counts, no guesses. Order of the records does not matter. */
export function mineBehavior(records: readonly BehaviorRecord[]): BehaviorProfile {
  const patterns = [...firstActions(records), ...repeatedTitles(records), ...refusedKinds(records)];
  return {
    preferences: preferences(records),
    patterns: patterns.slice(0, MAX_PATTERNS).map((pattern, index) => ({ ...pattern, id: `P${index + 1}` })),
  };
}

function groupBy(records: readonly BehaviorRecord[], key: (record: BehaviorRecord) => string): readonly (readonly BehaviorRecord[])[] {
  const groups = new Map<string, BehaviorRecord[]>();
  for (const record of records) groups.set(key(record), [...(groups.get(key(record)) ?? []), record]);
  return [...groups].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, group]) => group);
}

const count = (records: readonly BehaviorRecord[], deed: BehaviorRecord['deed']) => records.filter((record) => record.deed === deed).length;

function preferences(records: readonly BehaviorRecord[]): readonly Preference[] {
  return groupBy(records, ({ subject, kind }) => `${subject} ${kind}`)
    .map((group) => {
      const [accepted, rejected, executed] = [count(group, 'accept'), count(group, 'reject'), count(group, 'execute')];
      const { subject, kind } = group[0] as BehaviorRecord;
      return { subject, kind, accepted, rejected, executed, score: (accepted + executed + 1) / (group.length + 2) };
    })
    .sort((left, right) => right.score - left.score);
}

type Draft = Omit<BehaviorPattern, 'id'>;
const words = (name: string) => name.replaceAll('_', ' ');

/** What someone does most in incidents of one type. */
function firstActions(records: readonly BehaviorRecord[]): readonly Draft[] {
  const done = records.filter(({ deed, subject }) => deed === 'execute' && subject === 'step');
  return groupBy(done, ({ incidentType }) => incidentType).flatMap((group) => {
    const [most] = [...groupBy(group, ({ kind }) => kind)].sort((left, right) => right.length - left.length);
    const { kind, incidentType } = most?.[0] ?? {};
    if (most === undefined || kind === undefined || incidentType === undefined) return [];
    if (most.length < MIN_COUNT || most.length < group.length * MIN_SHARE) return [];
    const text = `In ${words(incidentType)} incidents you mostly choose "${words(kind)}": ${most.length} of ${group.length} times.`;
    return [{ kind: 'first_action' as const, incidentType, what: kind, count: most.length, of: group.length, text }];
  });
}

/** The same step done again and again is worth a shortcut; judging a cause is no habit. Numbers in titles differ from case to case. */
function repeatedTitles(records: readonly BehaviorRecord[]): readonly Draft[] {
  const welcome = records.filter(({ deed, subject }) => deed !== 'reject' && subject === 'step');
  return groupBy(welcome, ({ title }) =>
    title
      .toLowerCase()
      .replace(/[0-9a-f]{7,}|\d+/g, '#')
      .trim(),
  )
    .filter((group) => group.length >= MIN_COUNT)
    .sort((left, right) => right.length - left.length)
    .map((group) => {
      const { title } = group.reduce((newest, record) => (record.atMs > newest.atMs ? record : newest));
      const text = `You did "${title}" or the like ${group.length} times.`;
      return { kind: 'repeated_title', incidentType: null, what: title, count: group.length, of: welcome.length, text };
    });
}

function refusedKinds(records: readonly BehaviorRecord[]): readonly Draft[] {
  return groupBy(records, ({ subject, kind }) => `${subject} ${kind}`).flatMap((group) => {
    const rejected = count(group, 'reject');
    const { kind, subject } = group[0] as BehaviorRecord;
    if (rejected < MIN_COUNT || rejected < group.length * MIN_SHARE) return [];
    const text = `You refused ${rejected} of ${group.length} offers of the kind "${words(kind)}" (${subject}).`;
    return [{ kind: 'refused_kind' as const, incidentType: null, what: kind, count: rejected, of: group.length, text }];
  });
}
