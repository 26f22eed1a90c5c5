/** Turns texts into vectors; the smaller the angle between two, the more alike is what the texts mean. */
export interface Embeddings {
  /** For a person: `ollama:nomic-embed-text`. */
  readonly name: string;
  /** One vector a text, all of one length. Rejects with an `AppError`, or with the signal's reason when aborted. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]>;
}
