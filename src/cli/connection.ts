import type { DatadogConnection } from '../protocol/engineApi';
import type { World } from './world';

const DEFAULT_SITE = 'datadoghq.com';
const TIMEOUT_SEC = 30;

export interface ConnectionOptions {
  readonly site: string | null;
  readonly baseUrl: string | null;
}

/** The account that the environment and the options name; null without keys. */
export function connectionFrom({ site, baseUrl }: ConnectionOptions, { env }: Pick<World, 'env'>): DatadogConnection | null {
  const { DD_API_KEY: apiKey, DD_APP_KEY: appKey, DD_SITE } = env;
  if (!apiKey || !appKey) return null;
  return { site: site ?? (DD_SITE || DEFAULT_SITE), baseUrl, apiKey, appKey, timeoutSec: TIMEOUT_SEC };
}
