import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Change, ChangeKind } from '../../domain/change';
import type { Json } from '../../domain/json';
import { tagValue } from '../../domain/timeSeries';
import { hashNumber } from '../api/ids';
import { HttpError, type HttpReply, type HttpRequest, jsonBody } from '../http';
import type { TelemetryStore } from '../store/store';
import { changeOf } from './changeFacts';
import { tagsSchema, validated } from './validated';

const v1Event = z.object({
  title: z.string().min(1),
  text: z.string(),
  date_happened: z.number().nullish(),
  tags: tagsSchema,
  host: z.string().nullish(),
  priority: z.string().nullish(),
  alert_type: z.string().nullish(),
  source_type_name: z.string().nullish(),
  related_event_id: z.number().nullish(),
});

/** `POST /api/v1/events`: anything that happened; its tags tell whether it is a deployment, a flag, … */
export function takeV1Event(store: TelemetryStore, request: HttpRequest): HttpReply {
  const event = validated(v1Event, jsonBody(request));
  const timestampMs = event.date_happened ? event.date_happened * 1000 : store.clock.nowMs();
  const tags = event.host ? [...event.tags, `host:${event.host}`] : event.tags;
  const source = event.source_type_name ?? 'my_apps';
  const change = changeOf({ title: event.title, text: event.text, tags, timestampMs, source });
  const attributes = { ...change.attributes, ...(event.alert_type ? { alert_type: event.alert_type } : {}) };
  const id = randomUUID();
  store.addEvents([{ id, change: { ...change, attributes }, source: change.kind === 'deployment' ? 'deployment' : source, tags }]);
  const number = hashNumber(id);
  return {
    status: 202,
    body: {
      status: 'ok',
      event: {
        id: number,
        id_str: String(number),
        title: event.title,
        text: event.text,
        date_happened: Math.floor(timestampMs / 1000),
        handle: null,
        priority: event.priority ?? null,
        related_event_id: event.related_event_id ?? null,
        tags: event.tags,
        url: `https://app.datadoghq.com/event/event?id=${number}`,
      },
    },
  };
}

const resource = z.object({ name: z.string().min(1), type: z.string() });

const v2Event = z.object({
  data: z.object({
    type: z.literal('event'),
    attributes: z.object({
      category: z.enum(['alert', 'change'], { error: 'value must be one of: ["alert", "change"]' }),
      title: z.string().min(1),
      message: z.string().nullish(),
      timestamp: z.iso.datetime({ offset: true }).nullish(),
      tags: tagsSchema,
      aggregation_key: z.string().nullish(),
      attributes: z.looseObject({
        author: z.looseObject({ name: z.string() }).nullish(),
        changed_resource: resource.extend({ type: z.enum(['feature_flag', 'configuration']) }).nullish(),
        impacted_resources: z.array(resource.extend({ type: z.literal('service') })).nullish(),
      }),
    }),
  }),
});

type V2Attributes = z.infer<typeof v2Event>['data']['attributes'];

const MAX_EVENT_AGE_MS = 18 * 3_600_000;

/** `POST /api/v2/events`: a change of a feature flag or of configuration, or an alert. Not older than 18 hours, as in Datadog. */
export function takeV2Event(store: TelemetryStore, request: HttpRequest): HttpReply {
  const { attributes } = validated(v2Event, jsonBody(request), 'jsonApi').data;
  const nowMs = store.clock.nowMs();
  const timestampMs = attributes.timestamp ? Date.parse(attributes.timestamp) : nowMs;
  if (nowMs - timestampMs > MAX_EVENT_AGE_MS) throw new HttpError(400, 'The timestamp is more than 18 hours ago.', 'jsonApi');
  const isChange = attributes.category === 'change';
  if (isChange && !attributes.attributes.changed_resource) {
    throw new HttpError(400, 'JSON validation failed at $.data.attributes.attributes.changed_resource: a change names it.', 'jsonApi');
  }
  const id = randomUUID();
  store.addEvents([{ id, change: changeOfV2(attributes, timestampMs), source: attributes.category, tags: attributes.tags }]);
  const evt = { id: String(hashNumber(id)), uid: id };
  return {
    status: 202,
    body: {
      data: { type: 'event', id: '_', attributes: { attributes: { evt } } },
      links: { self: `https://app.datadoghq.com/event/event?uid=${id}` },
    },
  };
}

const KIND_BY_RESOURCE: Readonly<Record<string, ChangeKind>> = { feature_flag: 'feature_flag', configuration: 'config' };

function changeOfV2({ title, message, tags, attributes }: V2Attributes, timestampMs: number): Change {
  const { author, changed_resource: changed, impacted_resources: impacted } = attributes;
  return {
    timestampMs,
    kind: KIND_BY_RESOURCE[changed?.type ?? ''] ?? 'other',
    service: impacted?.[0]?.name ?? tagValue(tags, 'service'),
    title,
    text: message ?? '',
    author: author?.name ?? null,
    version: tagValue(tags, 'version'),
    commit: tagValue(tags, 'git.commit.sha'),
    attributes: { ...(attributes as Record<string, Json>), ...(changed ? { name: changed.name } : {}) },
  };
}

const deployment = z.object({
  data: z.object({
    attributes: z.object({
      service: z.string().min(1),
      env: z.string().nullish(),
      version: z.string().nullish(),
      team: z.string().nullish(),
      id: z.string().nullish(),
      started_at: z.number(),
      finished_at: z.number().nullish(),
      git: z.object({ commit_sha: z.string().regex(/^[0-9a-fA-F]{40}$/), repository_url: z.string() }).nullish(),
      custom_tags: tagsSchema,
    }),
  }),
});

/** `POST /api/v2/dora/deployment`: a deployment; it counts from the moment that it was finished. Times are epoch nanoseconds. */
export function takeDeployment(store: TelemetryStore, request: HttpRequest): HttpReply {
  const { attributes } = validated(deployment, jsonBody(request), 'jsonApi').data;
  const { service, env, version, team, git, custom_tags: customTags } = attributes;
  const id = attributes.id ?? randomBytes(8).toString('hex');
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['service', service],
    ['env', env],
    ['version', version],
    ['team', team],
    ['git.commit.sha', git?.commit_sha],
    ['git.repository_url', git?.repository_url],
  ];
  const tags = [...facts.flatMap(([key, value]) => (value ? [`${key}:${value}`] : [])), ...customTags];
  const change: Change = {
    timestampMs: (attributes.finished_at ?? attributes.started_at) / 1e6,
    kind: 'deployment',
    service,
    title: `Deployed ${service}${version ? ` ${version}` : ''}`,
    text: '',
    author: tagValue(customTags, 'author'),
    version: version ?? null,
    commit: git?.commit_sha ?? null,
    attributes: {
      started_at: new Date(attributes.started_at / 1e6).toISOString(),
      ...(env ? { env } : {}),
      ...(git ? { repository_url: git.repository_url } : {}),
    },
  };
  store.addEvents([{ id, change, source: 'deployment', tags }]);
  return { status: 200, body: { data: { id, type: 'dora_deployment' } } };
}
