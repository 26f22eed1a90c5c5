import { AT_EASE, type Fault, type Strain, strainOf } from './faults';
import type { Service, System } from './system';

/** What can be measured of a service, a minute's worth. */
export interface Measures {
  readonly requests: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Of its requests. */
  readonly failing: number;
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  readonly restarts: number;
}

const REQUESTS = 600;
const USUAL_FAILING = 0.002;

/** The measures of each service, either in the quiet hour (no fault) or while the fault is at work. */
export function flowOf(system: System, fault: Fault | null): ReadonlyMap<string, Measures> {
  const strain = (name: string) => (fault === null ? AT_EASE : strainOf(fault, name));
  const known = new Map<string, Answered>();
  return new Map([...system.values()].map((service) => [service.name, measuresOf(service, system, fault, strain, known)]));
}

/** Requests of a service for each of the entry's: calls that are lost, or that a failing caller does not come to, do not arrive. */
function arriving(system: System, name: string, strain: StrainOf): number {
  const [entry] = system.keys();
  if (name === entry) return 1;
  const sent = [...system.values()].flatMap((caller) =>
    caller.callees
      .filter(({ callee }) => callee === name)
      .map(({ share }) => arriving(system, caller.name, strain) * share * (1 - strain(caller.name).failing)),
  );
  return sent.reduce((sum, share) => sum + share, 0) * (1 - strain(name).lost);
}

interface Answered {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly failing: number;
}

type StrainOf = (name: string) => Strain;

function measuresOf(service: Service, system: System, fault: Fault | null, strain: StrainOf, known: Map<string, Answered>): Measures {
  const { name } = service;
  const { p50Ms, p95Ms, failing } = answered(service, system, strain, known);
  const requests = Math.round(REQUESTS * arriving(system, name, strain));
  const usualCpu = 8 + (service.ownMs % 7) * 4;
  const isIll = fault?.service === name ? fault.kind : null;
  return {
    requests,
    p50Ms,
    p95Ms,
    failing: Math.max(USUAL_FAILING, failing),
    cpuPercent: isIll === 'CPU contention' ? 92 : isIll === 'memory leak' ? usualCpu * 1.5 : usualCpu,
    memoryPercent: isIll === 'memory leak' ? 96 : 30 + (service.ownMs % 5) * 6,
    restarts: isIll === 'pod killed' ? 3 : 0,
  };
}

function answered(service: Service, system: System, strain: StrainOf, known: Map<string, Answered>): Answered {
  const found = known.get(service.name);
  if (found) return found;
  const own = strain(service.name);
  let [p50Ms, p95Ms, well] = [service.ownMs + own.ownMs, 1.7 * service.ownMs + 1.3 * own.ownMs, 1 - own.failing];
  for (const { callee, share } of service.callees) {
    const target = system.get(callee);
    if (!target) continue;
    const below = answered(target, system, strain, known);
    const { wayMs, tailMs, lost, misread } = strain(callee);
    p50Ms += (below.p50Ms + wayMs) * (share > 0.5 ? 1 : 0.5);
    p95Ms += below.p95Ms + 1.1 * wayMs + tailMs;
    well *= 1 - share * (1 - (1 - below.failing) * (1 - lost) * (1 - misread));
  }
  const answer = { p50Ms, p95Ms, failing: 1 - well };
  known.set(service.name, answer);
  return answer;
}
