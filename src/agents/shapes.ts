import * as z from 'zod/mini';

/** Stands in for the id where there is none to choose: a grammar needs at least one option. */
export const NO_ID = 'none';

/** One of the ids of this request. */
export const oneOf = (ids: readonly string[]) => z.enum(ids.length > 0 ? [...ids] : [NO_ID]);

/** One of the ids of this request, or none of them. */
export const oneOfOrNone = (ids: readonly string[]) => z.enum([...ids, NO_ID]);

export const listOf = <T extends z.ZodMiniType>(item: T, max: number) => z.array(item).check(z.maxLength(max));

export const words = (maxCharacters: number) => z.string().check(z.minLength(1), z.maxLength(maxCharacters));

/** A sentence with the facts that it rests on. */
export const cited = (ids: readonly string[]) => z.strictObject({ text: words(400), evidence: listOf(oneOf(ids), 4) });
