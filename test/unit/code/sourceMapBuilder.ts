const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** One position of a built file: generated column, then source, line and column of the original, all from 0, and maybe a name. */
export type Segment = readonly [number, number, number, number] | readonly [number, number, number, number, number];

export interface BuiltMap {
  readonly sources: readonly string[];
  readonly lines: readonly (readonly Segment[])[];
  readonly names?: readonly string[];
  readonly contents?: readonly (string | null)[];
  readonly sourceRoot?: string;
}

/** Writes a source map, revision 3, with the mappings encoded as the format says: https://tc39.es/ecma426/ */
export function buildSourceMap({ sources, lines, names = [], contents, sourceRoot }: BuiltMap): string {
  const before = [0, 0, 0, 0];
  const mappings = lines.map((segments) => {
    let column = 0;
    return segments
      .map(([generated, ...rest]) => {
        const digits = digitsOf(generated - column) + rest.map((value, at) => digitsOf(value - (before[at] ?? 0))).join('');
        column = generated;
        for (const [at, value] of rest.entries()) before[at] = value;
        return digits;
      })
      .join(',');
  });
  return JSON.stringify({ version: 3, sources, names, mappings: mappings.join(';'), sourcesContent: contents, sourceRoot });
}

function digitsOf(value: number): string {
  let rest = value < 0 ? -value * 2 + 1 : value * 2;
  let digits = '';
  do {
    const digit = rest % 32;
    rest = Math.floor(rest / 32);
    digits += DIGITS[digit + (rest > 0 ? 32 : 0)];
  } while (rest > 0);
  return digits;
}
