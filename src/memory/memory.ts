import { join } from 'node:path';
import * as z from 'zod/mini';
import type { BehaviorRecord } from '../domain/behavior';
import { claimGroups, type JudgedCause, type Learned } from '../domain/memory';
import { memoryUnusable } from '../domain/memoryErrors';
import { openRecordFile } from './recordFile';

const text = z.string().check(z.maxLength(500));

const share = z.number().check(z.minimum(0), z.maximum(1));

/** Of what less was read nothing can be learned. */
const MIN_COVERAGE = 0.05;

const judgedCause = z.object({
  atMs: z.number(),
  runId: text,
  group: z.enum(claimGroups),
  raw: share,
  coverage: z.number().check(z.minimum(MIN_COVERAGE), z.maximum(1)),
  isRight: z.boolean(),
});

const behaviorRecord = z.object({
  atMs: z.number(),
  deed: z.enum(['accept', 'reject', 'execute']),
  subject: z.enum(['step', 'recommendation', 'hypothesis']),
  kind: text,
  title: text,
  incidentType: text,
  service: z.nullable(text),
});

/** What AIDog learned from one person on one machine, in a folder of its own. */
export interface Memory {
  read(): Promise<Learned>;
  judge(judged: JudgedCause): Promise<void>;
  record(deed: BehaviorRecord): Promise<void>;
  forget(): Promise<void>;
}

export function openMemory(dir: string): Memory {
  const judged = openRecordFile<JudgedCause>(join(dir, 'causes.jsonl'), (value) => judgedCause.safeParse(value).data ?? null);
  const deeds = openRecordFile<BehaviorRecord>(join(dir, 'deeds.jsonl'), (value) => behaviorRecord.safeParse(value).data ?? null);
  const guarded = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw memoryUnusable(dir, error);
    });
  return {
    read: () =>
      guarded(Promise.all([judged.read(), deeds.read()]).then(([causes, done]) => ({ judged: newestOfEach(causes), deeds: done }))),
    judge: (record) => guarded(judged.append(record)),
    record: (deed) => guarded(deeds.append(deed)),
    forget: () => guarded(Promise.all([judged.remove(), deeds.remove()]).then(() => undefined)),
  };
}

/** Who thinks better of it says so again: the newest word on an investigation counts. */
function newestOfEach(judged: readonly JudgedCause[]): readonly JudgedCause[] {
  return [...new Map([...judged].sort((a, b) => a.atMs - b.atMs).map((one) => [one.runId, one])).values()];
}
