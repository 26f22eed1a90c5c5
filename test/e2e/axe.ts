import { readFileSync } from 'node:fs';
import type { Frame } from 'playwright-core';

const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/**
 * Accessibility violations of a document by axe's default rules, one line each. Without `preload`, by which axe would insert
 * copies of the style sheets that the document's content security policy refuses.
 */
export async function axeViolations(frame: Frame): Promise<string[]> {
  await frame.evaluate(source);
  const violations = await frame.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: { preload: boolean }): Promise<{ violations: Violation[] }> };
    };
    return (await axe.run({ preload: false })).violations;
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}
