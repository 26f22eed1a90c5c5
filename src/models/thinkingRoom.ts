import type { Call, RawAnswer } from './transport';

/** Tokens for thoughts on top of those for the answer. Thoughts count as output with every provider, also where they are not shown. */
export const THINKING_TOKENS = 4000;

/**
 * Asks once more, with room for thoughts, where a model thought until there was no room left for its answer; from then on there is
 * room at once. Few models that think say so beforehand, and some cannot be kept from it. One for each model.
 */
export class ThinkingRoom {
  #tokens = 0;

  async ask({ onWasted }: Call, send: (moreTokens: number) => Promise<RawAnswer>): Promise<RawAnswer> {
    const first = await send(this.#tokens);
    if (this.#tokens > 0 || !first.isCut || !first.hasThought) return first;
    this.#tokens = THINKING_TOKENS;
    onWasted(first);
    return send(this.#tokens);
  }
}
