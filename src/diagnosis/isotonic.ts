/** Outcomes of one value: `right` of `of` came true; both may be fractions of an outcome. */
export interface Observed {
  readonly raw: number;
  readonly right: number;
  readonly of: number;
}

/** Neighbouring values that came true equally often. */
export interface Block {
  readonly from: number;
  readonly to: number;
  readonly share: number;
  readonly of: number;
}

/**
 * The never falling step function that fits the outcomes best by least squares: pool adjacent violators (Ayer et al. 1955). Best
 * in linear time after sorting; values without weight are left out.
 */
export function isotonic(observed: readonly Observed[]): readonly Block[] {
  const blocks: { from: number; to: number; right: number; of: number }[] = [];
  for (const { raw, right, of } of merged(observed)) {
    let pooled = { from: raw, to: raw, right, of };
    for (let last = blocks.at(-1); last && last.right / last.of >= pooled.right / pooled.of; last = blocks.at(-1)) {
      blocks.pop();
      pooled = { from: last.from, to: pooled.to, right: last.right + pooled.right, of: last.of + pooled.of };
    }
    blocks.push(pooled);
  }
  return blocks.map(({ from, to, right, of }) => ({ from, to, share: right / of, of }));
}

/** Sorted, a value once. */
function merged(observed: readonly Observed[]): readonly Observed[] {
  const sums = new Map<number, { right: number; of: number }>();
  for (const { raw, right, of } of observed) {
    if (!(of > 0) || !Number.isFinite(raw)) continue;
    const sum = sums.get(raw) ?? { right: 0, of: 0 };
    sums.set(raw, { right: sum.right + right, of: sum.of + of });
  }
  return [...sums].map(([raw, sum]) => ({ raw, ...sum })).sort((a, b) => a.raw - b.raw);
}

/** The block's share; between two blocks on the line that joins them, beyond the last one as there. NaN without blocks. */
export function shareAt(blocks: readonly Block[], raw: number): number {
  const above = blocks.findIndex(({ to }) => raw <= to);
  const block = blocks[above < 0 ? blocks.length - 1 : above];
  const below = above > 0 ? blocks[above - 1] : undefined;
  if (!block) return Number.NaN;
  if (!below || raw >= block.from) return block.share;
  return below.share + ((raw - below.to) / (block.from - below.to)) * (block.share - below.share);
}
