import type { SandboxClock } from './store/store';

/** The machine's time. */
export const realClock: SandboxClock = { nowMs: () => Date.now() };

/** Time that stands still. */
export function createFixedClock(nowMs: number): SandboxClock {
  return { nowMs: () => nowMs };
}

/** Another clock moved by a constant: negative for the past. */
export function createShiftedClock(offsetMs: number, base: SandboxClock = realClock): SandboxClock {
  return { nowMs: () => base.nowMs() + offsetMs };
}

/** Time that stands still until it is set or moved on. */
export interface SettableClock extends SandboxClock {
  setNow(nowMs: number): void;
  advance(byMs: number): void;
}

export function createSettableClock(startMs: number): SettableClock {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    setNow(value) {
      nowMs = value;
    },
    advance(byMs) {
      nowMs += byMs;
    },
  };
}
