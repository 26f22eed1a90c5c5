/** What survives a trip through JSON; all that crosses a process border is of this type. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };
