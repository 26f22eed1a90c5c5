import type { DiffHunk } from './unifiedDiff';

const NAME = /^\s*(?:-\s*)?name:\s*["']?([\w.-]{2,80})|^\s*variable\s+"([\w-]{2,80})"/;
const MAX_LINES = 4;

/** Manifests write a variable's name a line or so above its value, Terraform a variable's above its default. */
export function nameAbove({ lines }: DiffHunk, at: number): string | null {
  for (const line of lines.slice(Math.max(0, at - MAX_LINES), at).reverse()) {
    const match = NAME.exec(line.text.slice(0, 200));
    if (match !== null) return match[1] ?? match[2] ?? null;
  }
  return null;
}
