/** How a part of the setup stands; `warning` limits what AIDog can say, `problem` keeps it from saying anything. */
export type SetupStatus = 'ok' | 'warning' | 'problem' | 'unknown';

export type SetupCheckId =
  | 'trust'
  | 'folder'
  | 'repository'
  | 'keys'
  | 'site'
  | 'permissions'
  | 'timeRange'
  | 'sampling'
  | 'serviceLink'
  | 'gitTags'
  | 'codeOrigin'
  | 'commit';

/** What a person can do about a check. Each is carried out only when they choose it. */
export type SetupFix =
  | { readonly kind: 'configure'; readonly title: string }
  | { readonly kind: 'setting'; readonly title: string; readonly key: string }
  | { readonly kind: 'trust'; readonly title: string }
  | { readonly kind: 'openFolder'; readonly title: string }
  | { readonly kind: 'fetch'; readonly title: string; readonly commit: string }
  | { readonly kind: 'page'; readonly title: string; readonly url: string }
  | { readonly kind: 'read'; readonly title: string; readonly text: string };

/** One line of the answer to "why is nothing here?". */
export interface SetupCheck {
  readonly id: SetupCheckId;
  readonly title: string;
  readonly status: SetupStatus;
  /** What was seen and what it means, in one or two sentences. */
  readonly detail: string;
  readonly fix: SetupFix | null;
}
