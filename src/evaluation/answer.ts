import { z } from 'zod/mini';

/** The truth of one recorded incident, as far as its set knows it. */
export interface Answer {
  readonly service?: string | null;
  readonly faultType?: string | null;
  /** null: no commit is to blame; absent: the set does not ask. */
  readonly commit?: string | null;
  /** Commits that look guilty and are not. */
  readonly decoys?: readonly string[];
  readonly verdict?: string;
  readonly requiredKeywords?: readonly string[];
  readonly rulingOutKeywords?: readonly string[];
  readonly forbiddenKeywords?: readonly string[];
}

const words = z.optional(z.array(z.string()));

const answerSchema = z.object({
  service: z.optional(z.nullable(z.string())),
  faultType: z.optional(z.nullable(z.string())),
  commit: z.optional(z.nullable(z.string())),
  decoys: words,
  verdict: z.optional(z.string()),
  requiredKeywords: words,
  rulingOutKeywords: words,
  forbiddenKeywords: words,
});

/** The answers of a set by the name of the case. Throws a `ZodError` for anything else. */
export function parseAnswers(value: unknown): ReadonlyMap<string, Answer> {
  return new Map(Object.entries(z.parse(z.record(z.string(), answerSchema), value) as Record<string, Answer>));
}
