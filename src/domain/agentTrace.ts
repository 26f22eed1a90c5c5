/** Which stage of an agent's path gave its answer, from the model's own words to no model at all. */
export type AnswerStage =
  /** The model's JSON was valid as it came. */
  | 'model'
  /** It was valid once code had clamped, trimmed, or dropped what does not exist. */
  | 'coerced'
  /** A second turn mended it. */
  | 'repaired'
  /** Code answered: no model is set, it failed, or its answer was not fit. */
  | 'fallback';

/** One call of an agent or of a model, for the record that the panel shows and exports. */
export interface AgentCall {
  readonly inputCharacters: number;
  readonly outputCharacters: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** US dollars; null where no price is known. */
  readonly costUsd: number | null;
  /** Who answered, such as `ollama:llama3.2:3b`; null for code. */
  readonly model: string | null;
  readonly answeredBy: AnswerStage;
  /** Why it is not the model's own answer; null where it is. */
  readonly why: string | null;
}
