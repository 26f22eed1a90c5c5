import * as z from 'zod/mini';

/** What to investigate. */
export const target = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('monitor'), id: z.int() }),
  z.object({ kind: z.literal('service'), service: z.string(), env: z.nullable(z.string()) }),
  z.object({ kind: z.literal('recording'), dir: z.string() }),
]);
export type InvestigationTarget = z.infer<typeof target>;
