/** What a runbook says about itself between two lines of `---`, as far as it helps to find it. */
export interface FrontMatter {
  readonly title: string | null;
  readonly services: readonly string[];
  readonly alerts: readonly string[];
  readonly types: readonly string[];
  readonly tags: readonly string[];
  /** Index of the first line of the text itself. */
  readonly bodyLine: number;
}

const LISTS = ['services', 'alerts', 'types', 'tags'] as const;
type List = (typeof LISTS)[number];
/** Other names that people give these lists. */
const ALIASES: Readonly<Record<string, List>> = {
  service: 'services',
  alert: 'alerts',
  monitor: 'alerts',
  monitors: 'alerts',
  type: 'types',
  keywords: 'tags',
};
const MAX_LINES = 200;
const NONE: FrontMatter = { title: null, services: [], alerts: [], types: [], tags: [], bodyLine: 0 };

/**
 * Reads the simple YAML of front matter: `key: value`, `key: [a, b]`, and lists of `- item`. Whatever else stands there is passed
 * over. A text that begins with `---` and has no second one within 200 lines has no front matter.
 */
export function readFrontMatter(lines: readonly string[]): FrontMatter {
  if (lines[0]?.trimEnd() !== '---') return NONE;
  const end = lines.slice(1, MAX_LINES).findIndex((line) => /^(?:---|\.\.\.)\s*$/.test(line));
  if (end < 0) return NONE;
  const lists: Record<List, string[]> = { services: [], alerts: [], types: [], tags: [] };
  let title: string | null = null;
  let open: List | null = null;
  for (const line of lines.slice(1, end + 1)) {
    const item = /^\s*-\s+(.{1,500})$/.exec(line);
    if (item) {
      if (open !== null) lists[open].push(...valuesOf(item[1] ?? ''));
      continue;
    }
    const pair = /^([A-Za-z_-]{1,40}):(.{0,2000})$/.exec(line);
    if (!pair) continue;
    const key = (pair[1] ?? '').toLowerCase();
    const value = (pair[2] ?? '').trim();
    open = LISTS.find((list) => list === key) ?? ALIASES[key] ?? null;
    if (key === 'title') title = unquoted(value) || null;
    if (open !== null) lists[open].push(...valuesOf(value));
  }
  return { title, ...lists, bodyLine: end + 2 };
}

function valuesOf(value: string): string[] {
  const inner = /^\[(.*)\]$/.exec(value.trim())?.[1] ?? value;
  return inner
    .split(',')
    .map(unquoted)
    .filter((item) => item !== '');
}

const unquoted = (value: string) => value.trim().replace(/^(["'])(.*)\1$/, '$2');
