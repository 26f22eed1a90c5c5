import type { Random } from '../traces/random';
import type { Service, System } from './system';

export const FAULTS = [
  'CPU contention',
  'network delay',
  'memory leak',
  'exception',
  'wrong value',
  'lock',
  'slow store',
  'packet loss',
  'pod killed',
] as const;
export type FaultKind = (typeof FAULTS)[number];

/** What is wrong with one service, and what is as if it were. */
export interface Fault {
  readonly kind: FaultKind;
  /** Where it was put. */
  readonly service: string;
  /** Milliseconds that it adds there. */
  readonly addedMs: number;
  /** Of the requests there, how many fail. */
  readonly share: number;
  /** A service with a change that hurts nobody. */
  readonly innocent: string;
}

/** How the parts of a system stand; all zero in the quiet hour. */
export interface Strain {
  /** Added to its own time, to the way to it, and to one request in twenty of those on the way. */
  readonly ownMs: number;
  readonly wayMs: number;
  readonly tailMs: number;
  /** Shares of its requests: that it fails, that get lost on the way, and whose answer its callers cannot use. */
  readonly failing: number;
  readonly lost: number;
  readonly misread: number;
}

export const AT_EASE: Strain = { ownMs: 0, wayMs: 0, tailMs: 0, failing: 0, lost: 0, misread: 0 };

const STRAINS: Readonly<Record<FaultKind, (fault: Fault) => Partial<Strain>>> = {
  'CPU contention': ({ addedMs }) => ({ ownMs: addedMs }),
  'network delay': ({ addedMs }) => ({ wayMs: addedMs }),
  'memory leak': ({ addedMs }) => ({ ownMs: addedMs * 0.7 }),
  exception: ({ share }) => ({ failing: share }),
  'wrong value': ({ share }) => ({ misread: share }),
  lock: ({ addedMs }) => ({ ownMs: addedMs * 1.5 }),
  'slow store': ({ addedMs }) => ({ ownMs: addedMs }),
  'packet loss': ({ share }) => ({ tailMs: 900, lost: share / 2 }),
  'pod killed': ({ share }) => ({ lost: share }),
};

export const strainOf = (fault: Fault, service: string): Strain =>
  fault.service === service ? { ...AT_EASE, ...STRAINS[fault.kind](fault) } : AT_EASE;

/** Whether people notice errors, not slowness. */
export const hurtsByErrors = ({ kind }: Fault): boolean => ['exception', 'wrong value', 'packet loss', 'pod killed'].includes(kind);

/** Puts a fault where requests of the entry come by, large enough to be noticed there. */
export function createFault(kind: FaultKind, system: System, entryMs: number, random: Random): Fault {
  const all = [...system.values()];
  const reached = all.slice(1).filter((service) => (service.kind === 'service') === (kind !== 'slow store'));
  const targets = reached.filter(({ name }) => shareReaching(system, name) >= 0.6);
  const { name: service } = random.pick(targets.length > 0 ? targets : reached);
  const others = all.filter(({ name, kind: its }) => name !== service && its === 'service');
  const addedMs = (entryMs * random.between(1, 3) + 60) / Math.max(0.3, shareReaching(system, service));
  return { kind, service, addedMs, share: random.between(0.3, 0.7), innocent: random.pick(others).name };
}

/** Requests of a service for each of the entry's. */
export function shareReaching(system: System, name: string): number {
  const [entry] = system.keys();
  if (name === entry) return 1;
  const callers = [...system.values()].flatMap((service: Service) =>
    service.callees.filter(({ callee }) => callee === name).map(({ share }) => shareReaching(system, service.name) * share),
  );
  return callers.reduce((sum, share) => sum + share, 0);
}
