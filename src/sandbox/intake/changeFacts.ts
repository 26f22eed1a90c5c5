import type { Change, ChangeKind } from '../../domain/change';
import { tagValue } from '../../domain/timeSeries';

/** What an event says about itself. */
export interface EventFacts {
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly timestampMs: number;
  readonly source?: string | null;
}

/** Words in an event's source, `kind:` or `event:` tag that say which kind of change it is. */
const KIND_BY_WORD: readonly (readonly [pattern: RegExp, kind: ChangeKind])[] = [
  [/^(?:deploy|deployment|release|rollout|argocd|jenkins)$/, 'deployment'],
  [/^(?:feature_?flag|launchdarkly|flag)$/, 'feature_flag'],
  [/^(?:config|configuration)$/, 'config'],
  [/^(?:scaling|autoscaling|hpa)$/, 'scaling'],
];

/** Reads a change out of an event's tags: `service`, `version`, `git.commit.sha`, `author`; a commit makes it a deployment. */
export function changeOf({ title, text, tags, timestampMs, source }: EventFacts): Change {
  const commit = tagValue(tags, 'git.commit.sha');
  const words = [source, tagValue(tags, 'kind'), tagValue(tags, 'event'), tagValue(tags, 'source')];
  const kind = words.map(kindOf).find((found) => found !== null);
  return {
    timestampMs,
    kind: kind ?? (commit === null ? 'other' : 'deployment'),
    service: tagValue(tags, 'service'),
    title,
    text,
    author: tagValue(tags, 'author'),
    version: tagValue(tags, 'version'),
    commit,
    attributes: {},
  };
}

function kindOf(word: string | null | undefined): ChangeKind | null {
  const lower = word?.toLowerCase() ?? '';
  return KIND_BY_WORD.find(([pattern]) => pattern.test(lower))?.[1] ?? null;
}
