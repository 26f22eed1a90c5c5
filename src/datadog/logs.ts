import type { Log as ClientLog } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/Log';
import type { LogEvent, LogStatus } from '../domain/log';
import { jsonFields, millisOf } from './values';

/** Spellings of a status besides the domain's own. */
const STATUSES: Readonly<Record<string, LogStatus>> = {
  debug: 'debug',
  trace: 'debug',
  info: 'info',
  ok: 'info',
  notice: 'notice',
  warn: 'warn',
  warning: 'warn',
  err: 'error',
  error: 'error',
  crit: 'critical',
  critical: 'critical',
  fatal: 'critical',
  alert: 'alert',
  emerg: 'emergency',
  emergency: 'emergency',
};

/** null for an event without a time, which nothing can be done with. */
export function logOf({ attributes }: ClientLog): LogEvent | null {
  const timestampMs = millisOf(attributes?.timestamp);
  if (attributes === undefined || timestampMs === null) return null;
  const status = String(attributes.status ?? '').toLowerCase();
  return {
    timestampMs,
    service: attributes.service ?? '',
    status: Object.hasOwn(STATUSES, status) ? (STATUSES[status] ?? 'info') : 'info',
    host: attributes.host ?? null,
    message: attributes.message ?? '',
    attributes: jsonFields(attributes.attributes),
    tags: attributes.tags ?? [],
  };
}
