import type { ErrorKind } from '../domain/errors';

/** What a process that runs a model is told. */
export interface PredictMessage {
  readonly id: number;
  readonly modelFile: string;
  readonly wasmFile: string;
  /** Contexts one after the other. */
  readonly contexts: Float32Array;
}

/** What it answers. */
export type PredictedMessage =
  | { readonly id: number; readonly answers: Float32Array }
  | { readonly id: number; readonly failure: { readonly kind: ErrorKind; readonly message: string; readonly detail: string } };
