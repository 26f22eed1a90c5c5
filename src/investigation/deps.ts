import type { AgentRedaction } from '../agents/agent';
import type { OpenCase } from '../agents/previewPrompts';
import type { FrameMapper } from '../code/mapping';
import type { Embeddings } from '../domain/embeddings';
import type { LanguageModel } from '../domain/languageModel';
import type { SentField } from '../domain/modelPrivacy';
import type { Alert } from '../domain/monitor';
import type { Clock, Forecaster, Log, Repository, Telemetry } from '../domain/ports';
import type { RunbookDocument } from '../knowledge/runbookIndex';
import type { Recalled } from './recall';

export interface InvestigationDeps {
  readonly telemetry: Telemetry;
  readonly repositories: readonly Repository[];
  /** One that is kept for these repositories knows more and answers faster; a new one when absent. */
  readonly mapper?: FrameMapper;
  readonly clock: Clock;
  readonly log: Log;
  readonly forecaster: Forecaster;
  /** Words the agents' answers; null or absent: code does, with the same verdict. */
  readonly model?: LanguageModel | null;
  /** The text of `media/prompts/<name>.md`; without it no model is asked. */
  readonly readPrompt?: (name: string) => Promise<string>;
  /** Passes everything that a model is sent; absent: nothing is hidden. */
  readonly redaction?: AgentRedaction | null;
  /** The runbooks that come with AIDog; absent: only those of the repositories are searched. */
  readonly starterRunbooks?: () => Promise<readonly RunbookDocument[]>;
  /** The folder of runbooks that were kept from earlier incidents; null or absent: none. */
  readonly keptRunbooks?: () => Promise<Repository | null>;
  /** Finds runbooks by their meaning as well; null or absent: by their words alone. */
  readonly embeddings?: Embeddings | null;
  /** What may be told to the model; null or absent for everything. */
  readonly sentFields?: readonly SentField[] | null;
  /** Gets what the agents are about to be told. */
  readonly keepCase?: (opened: OpenCase) => void;
  /** What earlier incidents taught; absent: nothing is remembered. */
  readonly recall?: () => Promise<Recalled>;
  /** Milliseconds that one answer of the model may take before code answers. */
  readonly agentLimitMs?: number;
}

/** What to investigate. A recording without a monitor gives its alert. */
export type Subject =
  | { readonly kind: 'monitor'; readonly id: number }
  | { readonly kind: 'service'; readonly service: string; readonly env: string | null }
  | { readonly kind: 'alert'; readonly alert: Alert };
