import type { HttpReply, HttpRequest, Route } from '../http';
import type { TelemetryStore } from '../store/store';
import { agentRoutes } from './agentRoutes';
import { takeDeployment, takeV1Event, takeV2Event } from './eventIntake';
import { takeLogs } from './logIntake';
import { takeDistributionPoints, takeV1Series, takeV2Series } from './metricIntake';
import { createStatsDIntake } from './statsDIntake';

/** Every way in over HTTP: the agent's (no key, as a local agent asks for none) and Datadog's own (API key). */
export function intakeRoutes(store: TelemetryStore): Route[] {
  const takeStatsD = createStatsDIntake(store);
  const post = (path: string, handle: (request: HttpRequest) => HttpReply): Route => ({ method: 'POST', path, auth: 'api', handle });
  return [
    ...agentRoutes(store),
    {
      ...post('/dogstatsd/v2/proxy', ({ body }) => {
        const problems = takeStatsD(body.toString('utf8'));
        return problems.length === 0 ? { status: 200, body: {} } : { status: 400, body: { errors: problems } };
      }),
      auth: 'none',
    },
    post('/api/v2/logs', (request) => takeLogs(store, request, 202)),
    post('/v1/input', (request) => takeLogs(store, request, 200)),
    post('/api/v1/series', (request) => takeV1Series(store, request)),
    post('/api/v2/series', (request) => takeV2Series(store, request)),
    post('/api/v1/distribution_points', (request) => takeDistributionPoints(store, request)),
    post('/api/v1/events', (request) => takeV1Event(store, request)),
    post('/api/v2/events', (request) => takeV2Event(store, request)),
    post('/api/v2/dora/deployment', (request) => takeDeployment(store, request)),
  ];
}
