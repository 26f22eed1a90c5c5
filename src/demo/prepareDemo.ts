import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { demoIncomplete } from '../domain/errors';
import { buildShopRepository } from './shopRepository';

export interface DemoOptions {
  /** The extension's media folder. */
  readonly mediaDir: string;
  /** A folder to write to; the repository becomes its subfolder `shop`. */
  readonly dir: string;
  readonly signal?: AbortSignal;
}

export interface PreparedDemo {
  readonly repository: string;
  readonly recordings: { id: string; title: string; dir: string }[];
}

/** Makes the demo incidents ready to be investigated offline: the shop's repository and the recordings that shipped. */
export async function prepareDemo({ mediaDir, dir, signal }: DemoOptions): Promise<PreparedDemo> {
  const { root, history } = await buildShopRepository({ mediaDir, dir: join(dir, 'shop'), signal });
  const recordings = history.scenarios.map(({ id, title }) => ({ id, title, dir: recordingDir(mediaDir, id) }));
  for (const recording of recordings) {
    await access(join(recording.dir, 'recording.json')).catch((error) => {
      throw demoIncomplete(recording.dir, error);
    });
  }
  return { repository: root, recordings };
}

/** Where the recording of a scenario ships. */
export const recordingDir = (mediaDir: string, scenarioId: string) => join(mediaDir, 'demo', 'recordings', scenarioId);
