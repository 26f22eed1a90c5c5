/** A text in parts, each of which counts as often as its weight says. */
export interface Field {
  readonly tokens: readonly string[];
  readonly weight: number;
}

export interface Match {
  readonly document: number;
  readonly score: number;
  /** Share of the question's weight (inverse document frequency) that the document has words for, 0..1. */
  readonly share: number;
  readonly matched: readonly string[];
}

/** A word of a question and how much it counts. */
export type WeightedTokens = ReadonlyMap<string, number>;

export interface Bm25 {
  /** All documents with at least one word of the question, best first; ties in the order of the documents. */
  search(question: WeightedTokens): readonly Match[];
  has(token: string): boolean;
}

const K1 = 1.2;
const B = 0.75;

interface Posting {
  readonly document: number;
  /** Weighted frequency over the fields, each normalised by its own length. */
  readonly frequency: number;
}

/**
 * BM25F: term frequencies of the fields are normalised by field length, weighted, added, and saturated once (Robertson, Zaragoza &
 * Taylor, CIKM 2004; Robertson & Zaragoza 2009, eq. 3.18). Documents have the same fields in the same order.
 */
export function createBm25(documents: readonly (readonly Field[])[]): Bm25 {
  const postings = postingsOf(documents);
  const idf = (token: string) => {
    const found = postings.get(token)?.length ?? 0;
    return Math.log(1 + (documents.length - found + 0.5) / (found + 0.5));
  };
  return {
    has: (token) => postings.has(token),
    search(question) {
      const scores = new Map<number, { score: number; weight: number; matched: string[] }>();
      let total = 0;
      for (const [token, weight] of question) {
        const value = weight * idf(token);
        total += value;
        for (const { document, frequency } of postings.get(token) ?? []) {
          const entry = scores.get(document) ?? { score: 0, weight: 0, matched: [] };
          entry.score += (value * frequency * (K1 + 1)) / (K1 + frequency);
          entry.weight += value;
          entry.matched.push(token);
          scores.set(document, entry);
        }
      }
      return [...scores]
        .map(([document, { score, weight, matched }]) => ({ document, score, share: total === 0 ? 0 : weight / total, matched }))
        .sort((a, b) => b.score - a.score || a.document - b.document);
    },
  };
}

function postingsOf(documents: readonly (readonly Field[])[]): Map<string, Posting[]> {
  const lengths = (documents[0] ?? []).map((_, field) => {
    const sum = documents.reduce((total, fields) => total + (fields[field]?.tokens.length ?? 0), 0);
    return Math.max(1, sum / documents.length);
  });
  const postings = new Map<string, Posting[]>();
  documents.forEach((fields, document) => {
    const frequencies = new Map<string, number>();
    fields.forEach(({ tokens, weight }, field) => {
      const share = weight / (1 - B + (B * tokens.length) / (lengths[field] ?? 1));
      for (const token of tokens) frequencies.set(token, (frequencies.get(token) ?? 0) + share);
    });
    for (const [token, frequency] of frequencies) {
      const list = postings.get(token);
      if (list) list.push({ document, frequency });
      else postings.set(token, [{ document, frequency }]);
    }
  });
  return postings;
}
