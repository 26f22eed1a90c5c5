import * as z from 'zod';
import { HttpError } from '../http';

/** The value as the schema has it, or a 400 that names the first field that does not fit. */
export function validated<T>(schema: z.ZodType<T>, value: unknown, shape: HttpError['shape'] = 'classic'): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('') ?? '';
  throw new HttpError(400, `JSON validation failed at $${path}: ${issue?.message ?? 'invalid'}.`, shape);
}

/** Tags: absent and null mean none. */
export const tagsSchema = z
  .array(z.string())
  .nullish()
  .transform((tags) => tags ?? []);
