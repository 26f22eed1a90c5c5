import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Case, CaseSet } from './sets';

/** The files of a recording, and with each a source, that can be left out of it. */
const FILES = ['logs.ndjson', 'spans.ndjson', 'dependencies.json', 'metrics.ndjson'] as const;
/** Without any metrics there is nothing to compare, so that only some series are left out. */
const THINNED = 'metrics.ndjson';
const SERIES_KEPT = 0.6;

/**
 * Each case once more with one of its sources left out, the sources of a set in turn: incidents as they are read where a source
 * fails or was never there. The recordings are written below `target`; the same cases always give the same ones.
 */
export async function incompleteSets(sets: readonly CaseSet[], target: string): Promise<readonly CaseSet[]> {
  const copied: CaseSet[] = [];
  for (const { name, cases } of sets) {
    const copies: Case[] = [];
    for (const one of cases) {
      const held = new Set(await readdir(one.dir));
      const files = FILES.filter((file) => held.has(file));
      const left = files[copies.length % files.length];
      if (left === undefined) continue;
      const dir = join(target, name, `${copies.length}`);
      await copyWithout(one, [...held], left, dir);
      copies.push({ ...one, dir });
    }
    copied.push({ name, cases: copies });
  }
  return copied;
}

async function copyWithout({ dir: from, name }: Case, files: readonly string[], left: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const file of files) if (file !== left) await copyFile(join(from, file), join(to, file));
  if (left !== THINNED) return;
  const { alert } = JSON.parse(await readFile(join(from, 'recording.json'), 'utf8')) as { readonly alert: { readonly metric?: unknown } };
  const series = (await readFile(join(from, THINNED), 'utf8')).split('\n').filter((line) => line !== '');
  const own = typeof alert.metric === 'string' ? JSON.stringify(alert.metric) : null;
  const kept = series.filter((line, at) => (own !== null && line.includes(own)) || chanceOf(`${name} ${at}`) < SERIES_KEPT);
  await writeFile(join(to, THINNED), `${kept.join('\n')}\n`);
}

/** 0..1, evenly spread over different texts and always the same for one. */
const chanceOf = (text: string) => createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
