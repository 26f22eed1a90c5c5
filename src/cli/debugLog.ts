import type { Log } from '../domain/ports';
import type { World } from './world';

/** Silent unless AIDOG_DEBUG is set: a report's reader wants the report. */
export function debugLog({ env, stderr }: World): Log {
  const isOn = Boolean(env.AIDOG_DEBUG);
  return {
    info: (message) => isOn && stderr.write(`${message}\n`),
    error: (message, cause) => isOn && stderr.write(`${message} ${cause instanceof Error ? cause.stack : (cause ?? '')}\n`),
  };
}
