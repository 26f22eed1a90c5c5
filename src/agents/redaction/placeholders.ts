/** What a placeholder stands for. `TEXT` is a text that already looked like a placeholder. */
export type RedactedKind = 'SECRET' | 'EMAIL' | 'IP' | 'CARD' | 'PHONE' | 'TEXT';

/** Gives the placeholder that stands for a value. */
export type Conceal = (kind: RedactedKind, value: string) => string;

const PLACEHOLDER = /<(?:SECRET|EMAIL|IP|CARD|PHONE|TEXT)_\d{1,9}>/g;
const WHOLE_PLACEHOLDER = /^<(?:SECRET|EMAIL|IP|CARD|PHONE|TEXT)_\d{1,9}>$/;

export const isPlaceholder = (text: string) => WHOLE_PLACEHOLDER.test(text);

/** The two-way table of one conversation: the same value always has the same placeholder, such as `<EMAIL_1>`. */
export class Placeholders {
  readonly #byValue = new Map<string, string>();
  readonly #values = new Map<string, string>();
  readonly #counts: Record<RedactedKind, number> = { SECRET: 0, EMAIL: 0, IP: 0, CARD: 0, PHONE: 0, TEXT: 0 };

  /** Distinct values by kind. */
  get counts(): Readonly<Record<RedactedKind, number>> {
    return { ...this.#counts };
  }

  conceal(kind: RedactedKind, value: string): string {
    const key = `${kind} ${value}`;
    const known = this.#byValue.get(key);
    if (known !== undefined) return known;
    this.#counts[kind]++;
    const placeholder = `<${kind}_${this.#counts[kind]}>`;
    this.#byValue.set(key, placeholder);
    if (kind !== 'SECRET') this.#values.set(placeholder, value);
    return placeholder;
  }

  /** What looked like a placeholder before anything was replaced becomes a value like others, so that nobody can forge one. */
  escape(text: string): string {
    return text.replace(PLACEHOLDER, (forged) => this.conceal('TEXT', forged));
  }

  /** Puts the values back in one pass; secrets and placeholders that were never given stay as they are. */
  restore(text: string): string {
    return text.replace(PLACEHOLDER, (placeholder) => this.#values.get(placeholder) ?? placeholder);
  }
}
