import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { demoIncomplete } from '../domain/errors';

const sha = z.string().regex(/^[0-9a-f]{40}$/);

/** The line that breaks, where the fault came with a commit. Lines count from 1. */
const planted = z.object({
  commit: sha,
  file: z.string(),
  /** In the release that is deployed. */
  line: z.number().int().min(1),
  /** In the working tree at the head of the history. */
  headLine: z.number().int().min(1),
  /** Text of that line, or a part of it. */
  code: z.string(),
});

const release = z.object({
  version: z.string(),
  commit: sha,
  /** Which service is deployed from it; null: all of them, before anything breaks. */
  service: z.string().nullable(),
});

const scenario = z.object({
  id: z.string(),
  title: z.string(),
  /** Version that is deployed last before the alert. */
  release: z.string(),
  /** Service that is deployed. */
  service: z.string(),
  /** Names of the monitors that tell of it. */
  alerts: z.array(z.string()),
  verdict: z.enum(['code', 'external']),
  planted: planted.nullable(),
});

const shopHistory = z.object({
  repositoryUrl: z.string(),
  branch: z.string(),
  committer: z.object({ name: z.string(), email: z.string() }),
  head: sha,
  /** Oldest first. */
  commits: z.array(z.object({ sha, subject: z.string() })),
  services: z.array(z.string()),
  releases: z.array(release),
  scenarios: z.array(scenario),
});

export type ShopHistory = z.infer<typeof shopHistory>;
export type ShopRelease = z.infer<typeof release>;
export type Scenario = z.infer<typeof scenario>;

/** What is known of the demo shop's history: its releases, and where each fault was planted. `mediaDir` is the media folder. */
export async function readShopHistory(mediaDir: string): Promise<ShopHistory> {
  const file = join(mediaDir, 'demo', 'shop', 'history.json');
  try {
    return shopHistory.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw demoIncomplete(file, error);
  }
}

/** The release with this version. */
export function releaseOf(history: ShopHistory, version: string): ShopRelease {
  const found = history.releases.find((candidate) => candidate.version === version);
  if (!found) throw demoIncomplete(`release ${version} of the demo shop`);
  return found;
}

/** The release that all services run before anything breaks. */
export function baseRelease(history: ShopHistory): ShopRelease {
  const found = history.releases.find((candidate) => candidate.service === null);
  if (!found) throw demoIncomplete('first release of the demo shop');
  return found;
}

/** The same history where every commit has another id, given in the order of `history.commits`. */
export function renamedHistory(history: ShopHistory, shas: readonly string[]): ShopHistory {
  const names = new Map(history.commits.map((commit, index) => [commit.sha, shas[index] ?? commit.sha]));
  const renamed = (name: string) => names.get(name) ?? name;
  return {
    ...history,
    head: renamed(history.head),
    commits: history.commits.map((commit) => ({ ...commit, sha: renamed(commit.sha) })),
    releases: history.releases.map((one) => ({ ...one, commit: renamed(one.commit) })),
    scenarios: history.scenarios.map((one) => ({
      ...one,
      planted: one.planted && { ...one.planted, commit: renamed(one.planted.commit) },
    })),
  };
}
