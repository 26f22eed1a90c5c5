import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const HEAD = {
  id: 'calm',
  now: '2026-01-02T12:00:00Z',
  start: '2026-01-02T10:00:00Z',
  end: '2026-01-02T12:00:00Z',
  services: ['shop'],
  alert: {
    title: 'Shop is slow',
    service: 'shop',
    metric: null,
    threshold: null,
    observed: null,
    severity: 'low',
    fired_at: '2026-01-02T11:50:00Z',
    monitor_id: null,
    summary: 'p95 is high',
  },
};

/** Writes sets into a new folder, a recording without telemetry for each answer, and removes the folder afterwards. */
export async function withSets<T>(sets: Readonly<Record<string, unknown>>, use: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(path.join(tmpdir(), 'aidog-sets-'));
  try {
    for (const [set, answers] of Object.entries(sets)) {
      await mkdir(path.join(dir, set), { recursive: true });
      await writeFile(path.join(dir, set, 'answers.json'), typeof answers === 'string' ? answers : JSON.stringify(answers));
      for (const name of typeof answers === 'string' ? [] : Object.keys(answers as object)) {
        await mkdir(path.join(dir, set, name));
        await writeFile(path.join(dir, set, name, 'recording.json'), JSON.stringify(HEAD));
      }
    }
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
