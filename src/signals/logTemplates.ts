/** A shape that many log messages share; `<*>` stands where they differ. */
export interface LogTemplate {
  readonly id: number;
  readonly tokens: readonly string[];
  /** How many messages have it. */
  readonly count: number;
  readonly example: string;
}

interface Cluster {
  readonly id: number;
  tokens: string[];
  count: number;
  readonly example: string;
}

export const WILDCARD = '<*>';
const SIMILARITY = 0.4;
const PREFIX_TOKENS = 2;
const MAX_CHILDREN = 100;
/** Longer messages are judged, and shown, by their beginning. */
export const MAX_MESSAGE = 1000;

const MASKS: readonly RegExp[] = [
  /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi,
  /\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b/g,
  /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?\b/g,
  /\b0x[0-9a-f]+\b/gi,
  /\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b/gi,
  /(?<![A-Za-z])[-+]?\d+(\.\d+)?(?=[a-z%]{0,3}\b|\W|$)/g,
];

/**
 * Groups messages by shape after Drain (He et al., ICWS 2017: fixed-depth tree over token count and first tokens, then
 * token-wise similarity of at least 0.4). Ids count from 0 in order of first appearance, so the same messages give the
 * same templates.
 */
export class TemplateMiner {
  readonly #leaves = new Map<string, Cluster[]>();
  readonly #children = new Map<string, Set<string>>();
  readonly #clusters: Cluster[] = [];

  /** The id of the template that the message belongs to, a new one if need be. */
  add(message: string): number {
    const tokens = tokenize(message);
    const leaf = this.#leaf(tokens);
    const match = bestMatch(leaf, tokens);
    if (match) {
      match.count++;
      match.tokens = match.tokens.map((token, index) => (token === tokens[index] ? token : WILDCARD));
      return match.id;
    }
    const cluster = { id: this.#clusters.length, tokens, count: 1, example: message.slice(0, MAX_MESSAGE) };
    this.#clusters.push(cluster);
    leaf.push(cluster);
    return cluster.id;
  }

  templates(): readonly LogTemplate[] {
    return this.#clusters.map(({ id, tokens, count, example }) => ({ id, tokens, count, example }));
  }

  /** A tree of token count and first tokens; tokens with digits, and those past a hundred siblings, share a branch. */
  #leaf(tokens: readonly string[]): Cluster[] {
    let key = String(tokens.length);
    for (const token of tokens.slice(0, PREFIX_TOKENS)) {
      const siblings = this.#children.get(key) ?? new Set<string>();
      this.#children.set(key, siblings);
      const isVariable = /\d/.test(token) || (!siblings.has(token) && siblings.size >= MAX_CHILDREN);
      const branch = isVariable ? WILDCARD : token;
      siblings.add(branch);
      key += `\u0000${branch}`;
    }
    const leaf = this.#leaves.get(key) ?? [];
    this.#leaves.set(key, leaf);
    return leaf;
  }
}

function tokenize(message: string): string[] {
  const masked = MASKS.reduce((text, mask) => text.replace(mask, WILDCARD), message.slice(0, MAX_MESSAGE));
  return masked.split(/\s+/).filter((token) => token.length > 0);
}

function bestMatch(clusters: readonly Cluster[], tokens: readonly string[]): Cluster | null {
  let best: Cluster | null = null;
  let bestShare = SIMILARITY;
  for (const cluster of clusters) {
    const same = cluster.tokens.filter((token, index) => token === tokens[index] && token !== WILDCARD).length;
    const known = cluster.tokens.filter((token) => token !== WILDCARD).length;
    const share = known === 0 ? 1 : same / tokens.length;
    if (share < bestShare) continue;
    best = cluster;
    bestShare = share;
  }
  return best;
}

/** How often a template occurs in a quiet stretch and during an incident. */
export interface TemplateChange {
  readonly template: string;
  readonly example: string;
  readonly before: number;
  readonly during: number;
  readonly isNew: boolean;
}

/**
 * Templates that are new or burst, the most frequent first. `weight` scales the quiet count to the incident's length
 * (incident ÷ quiet duration). Bursting means three times as many as expected and at least three.
 */
export function burstingTemplates(before: readonly string[], during: readonly string[], weight: number): readonly TemplateChange[] {
  const miner = new TemplateMiner();
  const quiet = tally(miner, before);
  const loud = tally(miner, during);
  const templates = miner.templates();
  return [...loud]
    .map(([id, count]) => {
      const template = templates[id];
      const usual = quiet.get(id) ?? 0;
      return {
        template: template?.tokens.join(' ') ?? '',
        example: template?.example ?? '',
        before: usual,
        during: count,
        isNew: usual === 0,
        expected: usual * weight,
      };
    })
    .filter(({ during: count, isNew, expected }) => isNew || (count >= 3 && count > 3 * expected))
    .sort((a, b) => b.during - a.during)
    .map(({ expected: _, ...change }) => change);
}

function tally(miner: TemplateMiner, messages: readonly string[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const message of messages) {
    const id = miner.add(message);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
