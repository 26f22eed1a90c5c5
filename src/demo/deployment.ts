/** A release that went live. */
export interface Deployment {
  readonly service: string;
  readonly version: string;
  readonly commit: string;
  readonly repositoryUrl: string;
  /** Who wrote the last commit in it. */
  readonly author: string;
  readonly env: string;
  readonly startedMs: number;
  readonly finishedMs: number;
}

/** The body that a delivery pipeline sends to `POST /api/v2/dora/deployment`; times are epoch nanoseconds. */
export function deploymentBody({ service, version, commit, repositoryUrl, author, env, startedMs, finishedMs }: Deployment): object {
  return {
    data: {
      attributes: {
        service,
        env,
        version,
        started_at: Math.round(startedMs) * 1e6,
        finished_at: Math.round(finishedMs) * 1e6,
        git: { commit_sha: commit, repository_url: repositoryUrl },
        custom_tags: [`author:${author}`, 'pipeline:release'],
      },
    },
  };
}
