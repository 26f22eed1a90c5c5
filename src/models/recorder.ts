import type { PromptOutcome, SentPrompt } from '../domain/modelUse';

const MAX_KEPT = 50;

/** Keeps the last requests exactly as they went out. Bodies hold no keys; those are in headers, which are not kept. */
export class PromptRecorder {
  #kept: SentPrompt[] = [];

  /** Notes a request that goes out now; the function that it returns notes what came of it. */
  record(sent: Omit<SentPrompt, 'outcome'>): (outcome: PromptOutcome) => void {
    const prompt: SentPrompt = { ...sent, outcome: null };
    this.#kept = [prompt, ...this.#kept].slice(0, MAX_KEPT);
    let current = prompt;
    return (outcome) => {
      const done = { ...prompt, outcome };
      this.#kept = this.#kept.map((kept) => (kept === current ? done : kept));
      current = done;
    };
  }

  /** Newest first. */
  last(): readonly SentPrompt[] {
    return this.#kept;
  }
}
