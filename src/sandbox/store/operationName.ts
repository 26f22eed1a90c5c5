import { createTextCache } from './textCache';

const MAX_LENGTH = 100;
const UNNAMED = 'unnamed_operation';

/**
 * A span's name as Datadog's agent stores it, so that it can stand in a metric's name: from the first letter on, 100 characters
 * at most, others than `[A-Za-z0-9.]` as one underscore and none beside a full stop. The same as `NormalizeName` of
 * datadog-agent's pkg/trace/traceutil/normalize.
 */
export const operationName: (name: string) => string = createTextCache((name) => {
  const text = name
    .slice(0, MAX_LENGTH)
    .replace(/^[^A-Za-z]+/, '')
    .replace(/[^A-Za-z0-9.]+/g, '_')
    .replace(/_?\._?/g, '.')
    .replace(/_$/, '');
  return text === '' ? UNNAMED : text;
});
