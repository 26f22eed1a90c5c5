import type { Step } from '../../domain/investigation';
import type { BehaviorProfile } from '../behaviorMiner/mineBehavior';

type Action = Step['action'];

/** What a role does first; the names of roles are what people call themselves. */
const ROLES: readonly (readonly [RegExp, readonly Action[]])[] = [
  [/\b(?:manager|lead|head|owner|commander|support)\b/i, ['contact', 'roll_back', 'open_link']],
  [
    /\b(?:sre|ops|operations?|operator|on-?call|platform|reliability|devops|administrator|admin)\b/i,
    ['roll_back', 'contact', 'open_link', 'run_query'],
  ],
  [/\b(?:developer|engineer|programmer|architect|dev)\b/i, ['open_code', 'open_link', 'run_query']],
];

/** Fewer deeds say nothing about a taste. */
const MIN_DEEDS = 3;

/**
 * Puts steps into the order that fits a role and what someone did before: kinds of action that they take come first, kinds that
 * they refuse last. None is left out, equals keep their order, and checking that it is over stays at the end.
 */
export function fitSteps(steps: readonly Step[], role: string | null, { preferences }: BehaviorProfile): readonly Step[] {
  const known = preferences.filter(
    ({ subject, accepted, rejected, executed }) => subject === 'step' && accepted + rejected + executed >= MIN_DEEDS,
  );
  const wanted = role === null ? [] : (ROLES.find(([pattern]) => pattern.test(role))?.[1] ?? []);
  const weight = ({ action }: Step): number => {
    const place = wanted.indexOf(action);
    const ofRole = place < 0 ? 0 : (wanted.length - place) / (10 * wanted.length);
    return (known.find(({ kind }) => kind === action)?.score ?? 0.5) + ofRole;
  };
  const [ends, others] = [steps.filter(({ action }) => action === 'verify'), steps.filter(({ action }) => action !== 'verify')];
  return [...others].sort((left, right) => weight(right) - weight(left)).concat(ends);
}
