import type { Tone } from '../words';

/** A glyph of the codicon font; for the eye only, the text beside it says the same. */
export function Icon({ name, tone, spin = false }: { readonly name: string; readonly tone?: Tone; readonly spin?: boolean }) {
  const classes = ['codicon', `codicon-${name}`, tone ? `ink-${tone}` : '', spin ? 'codicon-modifier-spin' : ''];
  return <span className={classes.filter(Boolean).join(' ')} aria-hidden="true" />;
}
