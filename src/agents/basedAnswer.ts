import * as z from 'zod/mini';
import { ADDED } from './basis';
import { type CaseFile, toldEvidence } from './caseFile';
import { listOf, oneOf } from './shapes';

/** The entries of an answer, as the schema sees them: an interface has no index signature, its mapped type does. */
export type Entries<Entry> = { [Key in keyof Entry]: Entry[Key] }[];

/**
 * The shape of an answer that is one list, `{ steps: [...] }`: each entry rewords one of the drafts or is new, has its own fields, and
 * ends with up to four facts that it rests on, all of them known.
 */
export function basedAnswer<Name extends string, Entry>(
  name: Name,
  max: number,
  file: CaseFile,
  drafts: readonly { readonly id: string }[],
  fields: Readonly<Record<Exclude<keyof Entry & string, 'basis' | 'evidence'>, z.ZodMiniType>>,
): z.ZodMiniType<Readonly<Record<Name, Entries<Entry>>>> {
  const entry = z.strictObject({
    basis: oneOf([...drafts.map(({ id }) => id), ADDED]),
    ...fields,
    evidence: listOf(oneOf(toldEvidence(file).map(({ id }) => id)), 4),
  });
  const answer = z.strictObject({ [name]: listOf(entry, max).check(z.minLength(1)) });
  return answer as unknown as z.ZodMiniType<Readonly<Record<Name, Entries<Entry>>>>;
}
