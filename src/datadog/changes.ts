import type { DORADeploymentObject } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/DORADeploymentObject';
import type { EventResponse } from '@datadog/datadog-api-client/dist/packages/datadog-api-client-v2/models/EventResponse';
import type { Change, ChangeKind } from '../domain/change';
import { tagValue } from '../domain/timeSeries';
import { fieldsOf, jsonFields, millisOf, textOrNull } from './values';

const KINDS: ReadonlySet<string> = new Set<ChangeKind>(['deployment', 'feature_flag', 'config', 'scaling', 'other']);

/** What a resource type of Datadog's change events, or a word in an event's tags, source or title, says of its kind. */
const SIGNS: readonly (readonly [RegExp, ChangeKind])[] = [
  [/feature[_ -]?flag|launchdarkly|flagd|unleash/i, 'feature_flag'],
  [/deploy|release[sd]?\b|rollout|rollback|rolled (out|back)|argocd|spinnaker/i, 'deployment'],
  [/autoscal|scal(ed|ing) (up|down|in|out|to|from)|replica/i, 'scaling'],
  [/configuration|config[_ -]?(change|map|update)|terraform/i, 'config'],
];

/** Two reports of one deployment lie at most this far apart. */
const SAME_DEPLOYMENT_MS = 15 * 60_000;

/**
 * An event as a change, or null when it is none: alerts, and events that nothing marks as a change. Datadog's own change
 * events (`changed_resource`), events with deployment tags, and a `change` object that carries all fields are understood.
 */
export function changeOf(event: EventResponse): Change | null {
  const outer = event.attributes;
  const inner = outer?.attributes;
  const timestampMs = millisOf(outer?.timestamp) ?? inner?.timestamp ?? null;
  if (outer === undefined || timestampMs === null) return null;
  const extra = fieldsOf(inner?.additionalProperties);
  const change = fieldsOf(extra.change);
  const tags = [...(outer.tags ?? []), ...(inner?.tags ?? [])];
  const title = inner?.title ?? textOrNull(inner?.evt?.name) ?? '';
  const kind = kindOf({ change, extra, tags, title, category: fieldsOf(inner?.evt?.additionalProperties).category });
  if (kind === null || inner?.monitorId !== undefined) return null;
  return {
    timestampMs,
    kind,
    service: textOrNull(change.service) ?? inner?.service ?? tagValue(tags, 'service') ?? impactedService(extra),
    title,
    text: outer.message ?? '',
    author: textOrNull(change.author) ?? textOrNull(fieldsOf(extra.author).name),
    version: textOrNull(change.version) ?? tagValue(tags, 'version'),
    commit: textOrNull(change.commit) ?? tagValue(tags, 'git.commit.sha'),
    attributes: jsonFields(change.attributes ?? changedValues(extra)),
  };
}

interface Signs {
  readonly change: Readonly<Record<string, unknown>>;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly title: string;
  readonly category: unknown;
}

function kindOf({ change, extra, tags, title, category }: Signs): ChangeKind | null {
  if (category === 'alert' || tags.includes('source:alert')) return null;
  if (typeof change.kind === 'string' && KINDS.has(change.kind)) return change.kind as ChangeKind;
  const resource = textOrNull(fieldsOf(extra.changed_resource).type);
  const telling = tags.filter((tag) => /^(source|event_type|evt\.type|type|category)(:|$)/.test(tag) || !tag.includes(':'));
  const found = SIGNS.find(([sign]) => [resource ?? '', ...telling, title].some((text) => sign.test(text)));
  if (found) return found[1];
  if (tagValue(tags, 'git.commit.sha') !== null) return 'deployment';
  return category === 'change' || resource !== null ? 'other' : null;
}

function impactedService(extra: Readonly<Record<string, unknown>>): string | null {
  const resources = Array.isArray(extra.impacted_resources) ? extra.impacted_resources.map(fieldsOf) : [];
  return textOrNull(resources.find((resource) => resource.type === 'service')?.name);
}

function changedValues(extra: Readonly<Record<string, unknown>>) {
  const { changed_resource, prev_value, new_value } = extra;
  return Object.fromEntries(Object.entries({ changed_resource, prev_value, new_value }).filter(([, value]) => value !== undefined));
}

/** A deployment of Datadog's DORA metrics; it counts from its end, when the new code serves. */
export function deploymentOf({ attributes }: DORADeploymentObject): Change | null {
  const timestampMs = millisOf(attributes?.finishedAt) ?? millisOf(attributes?.startedAt);
  if (attributes === undefined || timestampMs === null) return null;
  const { service, version, env, git, team } = attributes;
  return {
    timestampMs,
    kind: 'deployment',
    service,
    title: `Deployed ${service}${version ? ` ${version}` : ''}`,
    text: '',
    author: team ?? null,
    version: version ?? null,
    commit: git?.commitSha ?? null,
    attributes: { ...(env ? { env } : {}), ...(git ? { repository_id: git.repositoryId } : {}) },
  };
}

/** Both lists in ascending time. A deployment that both know is kept once, as the event tells it, with what it lacks filled in. */
export function mergedChanges(events: readonly Change[], deployments: readonly Change[]): Change[] {
  const merged = [...events];
  for (const deployment of deployments) {
    const index = merged.findIndex((change) => isSameDeployment(change, deployment));
    const known = merged[index];
    if (known === undefined) merged.push(deployment);
    else merged[index] = { ...known, version: known.version ?? deployment.version, commit: known.commit ?? deployment.commit };
  }
  return merged.sort((a, b) => a.timestampMs - b.timestampMs);
}

function isSameDeployment(a: Change, b: Change): boolean {
  if (a.kind !== 'deployment' || a.service !== b.service) return false;
  if (Math.abs(a.timestampMs - b.timestampMs) > SAME_DEPLOYMENT_MS) return false;
  const agrees = (x: string | null, y: string | null) => x === null || y === null || x === y;
  return agrees(a.version, b.version) && agrees(a.commit, b.commit);
}
