import { formatPlural } from '../domain/format';
import { type Explanation, explanation } from './explanation';
import type { Localisation, Sign } from './localisation/sign';

const MAX_FACTS = 5;
const MAX_REASONS = 2;
/** Strength of a place that leads by nothing; one that leads by everything is at full strength. */
const TIED = 0.5;
/** Where one stands says nothing of what goes wrong there. */
const NO_SYMPTOM: ReadonlySet<Sign['kind']> = new Set(['path', 'alerting', 'load']);

/** Where it began, when the signs say so and nothing says why; the less strong the closer another service comes. */
export function localisedFault({ best, culprits }: Localisation): Explanation | null {
  if (best === null) return null;
  const { service, margin, signs } = best;
  const seen = signs.filter((sign) => !NO_SYMPTOM.has(sign.kind));
  const evidenceFor = [...new Set(signs.flatMap(({ evidence }) => (evidence === null ? [] : [evidence])))].slice(0, MAX_FACTS);
  const [first, ...others] = seen.map(({ reason }) => reason);
  if (first === undefined || evidenceFor.length === 0) return null;
  const more = others.length > MAX_REASONS ? `; and ${formatPlural(others.length - MAX_REASONS, 'more sign')}` : '';
  return explanation({
    kind: 'localised_fault',
    title: `It begins in ${service}: ${first}`,
    service,
    evidenceClass: 'localised',
    strength: (culprits[0]?.score ?? 0) * (TIED + (1 - TIED) * margin),
    strengthReason: `${[first, ...others.slice(0, MAX_REASONS)].join('; ')}${more}`,
    evidenceFor,
    missing: [`why ${service} behaves like this: nothing that was read shows the cause`],
  });
}
