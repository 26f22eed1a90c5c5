import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { isCancellation, messageFor } from '../../domain/errors';
import type { FixDraft, FixStep } from '../../domain/fix';
import { trusted } from '../../protocol/message';
import type { Redactor } from '../log';

const slot = 'aidog.fixes';

/** Fixes that are remembered; the oldest is forgotten, its worktree and branch are not touched. */
const keptFixes = 20;

/** Built when it is needed, which at the start of most windows it is not. */
const stored = () =>
  z.array(
    z.intersection(
      z.object({ id: z.string(), repository: z.string(), worktree: z.string(), branch: z.string().check(z.startsWith('aidog/')) }),
      trusted<FixDraft>().check(
        z.refine(({ start, patch, reason }) => [start, patch, reason].every((part) => typeof part === 'object' && !!part)),
      ),
    ),
  );

/** The fixes of this workspace, newest first: the truth that the view shows, kept over a reload of the window. */
export class Fixes implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #running = new Map<string, FixStep>();
  #all: readonly FixDraft[];

  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly memento: vscode.Memento,
    private readonly redactor: Redactor,
    private readonly onProblem: (error: unknown) => void,
  ) {
    this.#all = load(memento.get<unknown>(slot));
  }

  get all(): readonly FixDraft[] {
    return this.#all;
  }

  get(id: string): FixDraft | null {
    return this.#all.find((fix) => fix.id === id) ?? null;
  }

  /** The step that is being carried out, or null. */
  running(id: string): FixStep | null {
    return this.#running.get(id) ?? null;
  }

  add(fix: FixDraft): void {
    this.#save([fix, ...this.#all].slice(0, keptFixes));
  }

  update(id: string, changes: Partial<FixDraft>): void {
    if (this.get(id)) this.#save(this.#all.map((fix) => (fix.id === id ? { ...fix, ...changes } : fix)));
  }

  remove(id: string): void {
    this.#save(this.#all.filter((fix) => fix.id !== id));
  }

  /**
   * Carries out a step, one at a time for each fix; what goes wrong stays with the fix until the step succeeds, and is thrown on.
   * `work` resolves with null when it was left by the person; then nothing changes.
   */
  async carryOut(id: string, step: FixStep, work: () => Promise<Partial<FixDraft> | null>): Promise<void> {
    if (this.#running.has(id)) return;
    this.#running.set(id, step);
    this.#changed.fire();
    try {
      const changes = await work();
      this.#running.delete(id);
      if (changes === null) return this.#changed.fire();
      const failure = this.get(id)?.failure ?? null;
      this.update(id, { failure: failure?.step === step ? null : failure, ...changes });
    } catch (error) {
      this.#running.delete(id);
      if (isCancellation(error)) this.#changed.fire();
      else this.update(id, { failure: { step, message: messageFor(error), output: '' } });
      throw error;
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #save(all: readonly FixDraft[]): void {
    this.#all = all;
    this.memento.update(slot, all.length === 0 ? undefined : this.redactor.redact(JSON.stringify(all))).then(undefined, this.onProblem);
    this.#changed.fire();
  }
}

function load(json: unknown): readonly FixDraft[] {
  if (typeof json !== 'string') return [];
  try {
    return stored().parse(JSON.parse(json));
  } catch {
    return [];
  }
}
