import * as z from 'zod';
import { tagValue } from '../../domain/timeSeries';
import type { ApiContext } from '../context';
import { HttpError, type HttpRequest, jsonBody, type Route } from '../http';
import { compileSearch } from '../query/searchMatch';
import { parseSearch } from '../query/searchParser';
import type { StoredEvent } from '../store/store';
import { eventTags } from './eventBody';
import { documentOf } from './events';
import { checked, ok, reshaped, timeSchema, windowOf } from './requests';

const REQUEST_TYPE = 'dora_deployments_list_request';
const attributesSchema = z
  .looseObject({
    from: timeSchema,
    to: timeSchema,
    limit: z.number().int().min(1).max(1000).optional(),
    query: z.string().optional(),
    sort: z.enum(['started_at', '-started_at']).optional(),
  })
  .optional();
const requestSchema = z.looseObject({ data: z.looseObject({ type: z.string().optional(), attributes: attributesSchema }) });

const DAY_MS = 86_400_000;

/** Deployments as DORA metrics list them: by service, newest first, errors in the JSON:API shape. */
export function deploymentRoutes({ store, clock }: ApiContext): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/api/v2/dora/deployments',
      auth: 'app',
      rateLimit: 'dora',
      handle: (request) =>
        reshaped('jsonApi', () => {
          const wanted = attributesOf(request);
          const nowMs = clock.nowMs();
          const window = windowOf({ from: wanted.from ?? nowMs - DAY_MS, to: wanted.to }, nowMs);
          const matches = compileSearch(parseSearch(wanted.query ?? '*'));
          const found = [...store.events(window)].filter((event) => isDeployment(event) && matches(documentOf(event)));
          const ordered = wanted.sort === 'started_at' ? found : found.reverse();
          return ok({ data: ordered.slice(0, wanted.limit ?? 10).map(deploymentBody) });
        }),
    },
    {
      method: 'GET',
      path: '/api/v2/dora/deployments/:deployment_id',
      auth: 'app',
      rateLimit: 'dora',
      handle({ params }) {
        for (const event of store.events({ fromMs: 0, toMs: clock.nowMs() + 1 }))
          if (event.id === params.deployment_id && isDeployment(event)) return ok({ data: deploymentBody(event) });
        throw new HttpError(404, 'deployment not found', 'jsonApi');
      },
    },
  ];
}

function attributesOf(request: HttpRequest): NonNullable<z.infer<typeof attributesSchema>> {
  const { type = '', attributes } = checked(jsonBody(request), requestSchema, 'jsonApi').data;
  if (type !== REQUEST_TYPE) throw new HttpError(400, `got type "${type}" expected one of "${REQUEST_TYPE}"`);
  return attributes ?? {};
}

const isDeployment = ({ change }: StoredEvent) => change.kind === 'deployment' && change.service !== null;

function deploymentBody(event: StoredEvent): object {
  const { change } = event;
  const env = tagValue(event.tags, 'env');
  const at = new Date(change.timestampMs).toISOString();
  return {
    id: event.id,
    type: 'dora_deployment',
    attributes: {
      service: change.service,
      ...(env === null ? {} : { env }),
      ...(change.version === null ? {} : { version: change.version }),
      started_at: at,
      finished_at: at,
      ...(change.commit === null ? {} : { git: { commit_sha: change.commit, repository_id: repositoryOf(event) } }),
      custom_tags: eventTags(event),
    },
  };
}

/** `github.com/org/repo` of the tag `git.repository_url`, as Datadog names repositories; empty when not known. */
function repositoryOf(event: StoredEvent): string {
  const url = tagValue(event.tags, 'git.repository_url') ?? event.change.attributes.repository_url;
  return typeof url === 'string' ? url.replace(/^\w+:\/\//, '').replace(/\.git$/, '') : '';
}
