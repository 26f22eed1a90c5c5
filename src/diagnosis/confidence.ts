import type { ConfidenceFactor, EvidenceClass } from '../domain/hypothesis';
import { clamp } from '../signals/statistics';

export type { EvidenceClass } from '../domain/hypothesis';

const CAPS: Readonly<Record<EvidenceClass, number>> = {
  decisive: 0.97,
  mechanism: 0.85,
  localised: 0.75,
  association: 0.6,
  timing: 0.35,
  absence: 0.25,
};
/** The most that outcomes raise a class to. What shows no mechanism stays below what is called high, however often it came true. */
const MOST_SHOWN: Readonly<Record<EvidenceClass, number>> = { ...CAPS, decisive: 1, mechanism: 1, localised: 1, association: 0.69 };
const CLASS_WORDS: Readonly<Record<EvidenceClass, string>> = {
  decisive: 'the mechanism is seen at the named place',
  mechanism: 'the mechanism is seen',
  localised: 'signals agree on the place along known calls, but none shows why',
  association: 'signals agree, but none shows the mechanism',
  timing: 'only the timing fits',
  absence: 'it is what remains',
};

export interface ConfidenceInput {
  readonly evidenceClass: EvidenceClass;
  /** 0..1: how plainly the evidence shows what it shows. */
  readonly strength: number;
  readonly strengthReason: string;
  /** Kinds of evidence in favour: a metric, a trace, a log, a change, a diff are five. */
  readonly independentKinds: number;
  /** Whether calls lead from the alerting service to the blamed one and the signs lie along them; null where no calls are known. */
  readonly isPathVerified: boolean | null;
  /** The service that the signs point at, where it is another one and no mechanism was seen at this one; null otherwise. */
  readonly elsewhere: string | null;
  /** The strongest rival of another kind: its strength times its class's cap, 0..1. */
  readonly rival: number;
  /** Facts that speak against it. */
  readonly contradictions: number;
}

/**
 * confidence = cap(class) × strength × independence × path × alternatives, each factor 0..1:
 * - independence: 0.75, 0.9, 1 for one, two, three and more kinds of evidence;
 * - path: 1 where the calls from the alerting service lead to the blamed one, 0.9 where no calls are known, 0.6 where none lead there,
 *   and 0.6 of that where the signs point at another service;
 * - alternatives: (1 − rival²/2) × 0.85 for each contradiction: a rival takes effect when it is nearly as strong.
 * The weights are set by judgement, not fitted; `calibration.ts` fits what comes out to outcomes. The cap makes sure that no amount
 * of agreement turns timing into proof. Verdicts and blame depend on this value alone, so calibrating again never changes them.
 */
export function confidenceOf(input: ConfidenceInput): { readonly confidence: number; readonly factors: readonly ConfidenceFactor[] } {
  const kinds = Math.max(0, Math.floor(input.independentKinds));
  const rival = clamp(input.rival, 0, 1);
  const factors: ConfidenceFactor[] = [
    {
      name: 'evidence class',
      value: CAPS[input.evidenceClass],
      reason: `${CLASS_WORDS[input.evidenceClass]}: this is the most it can reach`,
    },
    { name: 'strength', value: clamp(input.strength, 0, 1), reason: input.strengthReason },
    {
      name: 'independence',
      value: kinds >= 3 ? 1 : kinds === 2 ? 0.9 : kinds === 1 ? 0.75 : 0.5,
      reason: kinds === 1 ? '1 kind of evidence speaks for it' : `${kinds} kinds of evidence speak for it`,
    },
    pathFactor(input),
    {
      name: 'alternatives',
      value: (1 - (rival * rival) / 2) * 0.85 ** Math.max(0, input.contradictions),
      reason: `${rival < 0.3 ? 'no strong rival' : 'another explanation is nearly as strong'}${input.contradictions > 0 ? `, ${input.contradictions} contradicting` : ''}`,
    },
  ];
  const confidence = factors.reduce((product, factor) => product * factor.value, 1);
  return { confidence: round(clamp(confidence, 0, 1)), factors: factors.map((factor) => ({ ...factor, value: round(factor.value) })) };
}

function pathFactor({ isPathVerified, elsewhere }: ConfidenceInput): ConfidenceFactor {
  const [value, reason] =
    isPathVerified === null
      ? [0.9, 'no calls between services are known']
      : isPathVerified
        ? [1, 'calls from the alerting service lead there']
        : [0.6, 'known calls lead elsewhere, or further on'];
  if (elsewhere === null) return { name: 'path', value, reason };
  return { name: 'path', value: value * 0.6, reason: `${reason}, but the signs point at ${elsewhere}` };
}

/** The most that is said of a claim of this class once it is calibrated. */
export const mostShown = (evidenceClass: EvidenceClass): number => MOST_SHOWN[evidenceClass];

/** What an explanation weighs before rivals are known. */
export function weightOf({ evidenceClass, strength }: Pick<ConfidenceInput, 'evidenceClass' | 'strength'>): number {
  return CAPS[evidenceClass] * clamp(strength, 0, 1);
}

const round = (value: number) => Math.round(value * 1000) / 1000;
