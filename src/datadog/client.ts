import { logger } from '@datadog/datadog-api-client/dist/logger';
import { createConfiguration } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-common/configuration';
import { BaseServerConfiguration } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-common/servers';
import { AuthenticationApi } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/apis/AuthenticationApi';
import { MetricsApi as MetricsApiV1 } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/apis/MetricsApi';
import { MonitorsApi } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/apis/MonitorsApi';
import { DORAMetricsApi } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/apis/DORAMetricsApi';
import { ErrorTrackingApi } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/apis/ErrorTrackingApi';
import { EventsApi } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/apis/EventsApi';
import { LogsApi } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/apis/LogsApi';
import { MetricsApi } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/apis/MetricsApi';
import { SpansApi } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/apis/SpansApi';

/** What the client reads of an answer: a `Response`, or the least that stands for one. */
export type ClientResponse = Pick<Response, 'status' | 'headers' | 'text'>;

/** What one call of the client needs to know. */
export interface ClientSettings {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly appKey: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<ClientResponse>;
}

/**
 * The official client's API groups that AIDog uses. Loading this module is slow (it is the one that brings the client with
 * it), so import it through `loadClient`. An operation that is used here must be named in `operations.json`, by which the
 * bundle is cut.
 */
export function openClient(settings: ClientSettings) {
  logger.setLevel('silent');
  const configuration = createConfiguration({
    baseServer: new BaseServerConfiguration(settings.baseUrl, {}),
    authMethods: { apiKeyAuth: settings.apiKey, appKeyAuth: settings.appKey },
    fetch: settings.fetch,
  });
  return {
    authentication: new AuthenticationApi(configuration),
    monitors: new MonitorsApi(configuration),
    activeMetrics: new MetricsApiV1(configuration),
    metrics: new MetricsApi(configuration),
    logs: new LogsApi(configuration),
    spans: new SpansApi(configuration),
    errors: new ErrorTrackingApi(configuration),
    events: new EventsApi(configuration),
    deployments: new DORAMetricsApi(configuration),
  };
}

export type DatadogClient = ReturnType<typeof openClient>;
