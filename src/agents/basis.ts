/** What a model adds stands on its own; anything else is a new wording of what code drafted. */
export const ADDED = 'new';

/** An entry of a model's list that rewords a draft, or adds to the drafts. */
export interface Based {
  readonly basis: string;
}

/**
 * The drafts in their order, each as the model reworded it, with what the model adds behind the draft that it came after. No draft
 * can be left out, moved, or said twice.
 */
export function onBasis<D extends { readonly id: string }, B extends Based, R>(
  drafts: readonly D[],
  answers: readonly B[],
  build: { readonly reworded: (draft: D, answer: B | null) => R; readonly added: (answer: B) => R | null },
): readonly R[] {
  const behind = new Map<string, R[]>();
  let last = drafts[0]?.id ?? '';
  for (const answer of answers) {
    if (answer.basis !== ADDED) last = answer.basis;
    else {
      const made = build.added(answer);
      if (made !== null) behind.set(last, [...(behind.get(last) ?? []), made]);
    }
  }
  return drafts.flatMap((draft) => [
    build.reworded(draft, answers.find(({ basis }) => basis === draft.id) ?? null),
    ...(behind.get(draft.id) ?? []),
  ]);
}
