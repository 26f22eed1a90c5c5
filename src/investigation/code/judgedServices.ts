import type { SuspectInput } from '../../code/suspectInput';
import type { Findings } from '../../diagnosis/findings';
import { localise } from '../../diagnosis/localisation/localise';
import { type CallGraph, calleesOf, callersOf } from '../../signals/topology';
import type { FailingPlaces } from './failingPlaces';
import { isOfAlert } from './ofAlert';

/** A service whose commits are judged, and what they are held against. */
export interface JudgedService {
  readonly service: string | null;
  /** The service whose symptoms are to be explained: itself, or a neighbour along the calls. */
  readonly suffering: string | null;
  readonly role: NonNullable<SuspectInput['role']>;
}

const MAX_NEIGHBOURS = 4;

/** The services that may be at fault, each with the one whose symptoms its commits must explain. */
export function servicesToJudge(findings: Findings, { place, service: failsIn }: FailingPlaces): readonly JudgedService[] {
  if (place) return [{ service: place.service, suffering: place.service, role: 'failing' }];
  const likely = [localise(findings).best?.service ?? null, findings.firstFailing, failsIn, findings.alerting];
  const failing = [...new Set(likely.filter((service) => service !== null))].filter((service) => isOfAlert(findings, service));
  if (failing.length === 0) return [{ service: null, suffering: null, role: 'failing' }];
  const beside = (role: 'caller' | 'callee', neighbours: (graph: CallGraph, service: string) => readonly string[]): JudgedService[] =>
    failing
      .flatMap((suffering) => neighbours(findings.graph, suffering).map((service) => ({ service, suffering, role })))
      .filter(({ service }) => !failing.includes(service))
      .slice(0, MAX_NEIGHBOURS);
  return [
    ...failing.map((service) => ({ service, suffering: service, role: 'failing' as const })),
    ...beside('caller', callersOf),
    ...beside('callee', calleesOf),
  ];
}
