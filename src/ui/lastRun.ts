import type { Memento } from 'vscode';
import * as z from 'zod/mini';
import type { Investigation } from '../domain/investigation';
import { target } from '../protocol/investigationTarget';
import { trusted } from '../protocol/message';
import type { PanelSnapshot } from '../protocol/snapshot';
import type { Run } from './investigations';
import type { Redactor } from './log';

const slot = 'aidog.lastRun';

/** Most that is kept of a run, in characters of JSON. */
const mostCharacters = 512 * 1024;

/** Built when it is needed, which at the start of most windows it is not. */
const stored = () =>
  z.object({
    target,
    subject: z.string(),
    repositories: z.array(z.string()),
    link: z.nullable(z.string()),
    snapshot: trusted<PanelSnapshot>().check(
      z.refine(({ runId, stages, found }) => typeof runId === 'string' && Array.isArray(stages) && !!found),
    ),
  });

/** The bulkiest findings first; what remains still says what broke and where. */
const expendable: readonly (keyof Investigation)[] = ['charts', 'forecasts', 'trace', 'codeHits', 'evidence'];

export interface LastRun {
  save(run: Run): Promise<void>;
  /** The run of before the reload, or null; one that was cut off is marked so. */
  load(interrupted: string): Run | null;
}

/** Keeps the last run of a workspace over a reload of the window. */
export function createLastRun(memento: Memento, redactor: Redactor): LastRun {
  return {
    async save(run) {
      const json = shrink(run);
      await memento.update(slot, json === null ? undefined : redactor.redact(json));
    },
    load(interrupted) {
      const run = parse(memento.get<unknown>(slot));
      if (run?.snapshot.status !== 'running') return run;
      const { startedAtMs } = run.snapshot;
      return { ...run, snapshot: { ...run.snapshot, status: 'cancelled', problem: interrupted, endedAtMs: startedAtMs } };
    },
  };
}

function shrink(run: Run): string | null {
  const found: Record<string, unknown> = { ...run.snapshot.found };
  for (const key of [null, ...expendable]) {
    if (key) delete found[key];
    const json = JSON.stringify({ ...run, snapshot: { ...run.snapshot, found } });
    if (json.length <= mostCharacters) return json;
  }
  return null;
}

function parse(json: unknown): Run | null {
  if (typeof json !== 'string') return null;
  try {
    return stored().parse(JSON.parse(json));
  } catch {
    return null;
  }
}
