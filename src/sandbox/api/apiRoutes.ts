import type { ApiContext } from '../context';
import type { Route } from '../http';
import { deploymentRoutes } from './deployments';
import { eventRoutes } from './events';
import { incidentRoutes } from './incidents';
import { issueRoutes } from './issues';
import { keyRoutes } from './keys';
import { logRoutes } from './logs';
import { metricRoutes } from './metrics';
import { monitorSearchRoutes } from './monitorSearch';
import { monitorRoutes } from './monitors';
import { queryRoutes } from './queries';
import { serviceRoutes } from './services';
import { spanRoutes } from './spans';

/** Every operation of the Datadog API that the sandbox answers. */
export function apiRoutes(context: ApiContext): readonly Route[] {
  return [
    ...keyRoutes(),
    ...monitorSearchRoutes(context),
    ...monitorRoutes(context),
    ...metricRoutes(context),
    ...queryRoutes(context),
    ...logRoutes(context),
    ...spanRoutes(context),
    ...eventRoutes(context),
    ...issueRoutes(context),
    ...incidentRoutes(context),
    ...deploymentRoutes(context),
    ...serviceRoutes(context),
  ];
}
