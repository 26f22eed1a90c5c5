/** How much of a whole is meant: used, or left. */
export interface SaidShare {
  readonly share: number;
  readonly isLeft: boolean;
}

const SIZES: Readonly<Record<string, number>> = { '': 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12, kib: 1e3, mib: 1e6, gib: 1e9, tib: 1e12 };
const OF = /(\d{1,15}(?:\.\d+)?) ?([kmgt]i?b)?( (?:remaining|free|left|available))? ?(?:of|\/|out of) ?(\d+(?:\.\d+)?) ?([kmgt]i?b)?/i;

/** The share that a text states as one number of another: `469 of 500`, `82.2 GB remaining of 200 GB`; null where it states none. */
export function saidShare(text: string): SaidShare | null {
  const [, part, partUnit, left, whole, wholeUnit] = OF.exec(text) ?? [];
  if (part === undefined || whole === undefined) return null;
  const size = (unit: string | undefined) => SIZES[(unit ?? '').toLowerCase()] ?? 1;
  const total = Number(whole) * size(wholeUnit ?? partUnit);
  const share = (Number(part) * size(partUnit ?? wholeUnit)) / total;
  return total > 0 && share >= 0 && share <= 1 ? { share, isLeft: left !== undefined } : null;
}

/** Room is short from here on: a tenth of the whole is left. */
const SHORT = 0.9;

/** Whether a text says, by its numbers, that there is room enough; false where it gives no numbers. */
export function saysThereIsRoom(text: string): boolean {
  const said = saidShare(text);
  return said !== null && (said.isLeft ? 1 - said.share : said.share) < SHORT;
}
