/** Kinds of facts that may be told to a language model that is not on this machine. */
export const sentFields = ['alert', 'conclusions', 'metrics', 'logs', 'traces', 'changes', 'runbooks', 'person'] as const;
export type SentField = (typeof sentFields)[number];

/** What is held back from language models that are not on this machine; secrets and card numbers always are. */
export interface ModelPrivacy {
  readonly fields: readonly SentField[];
  /** Replaces e-mail addresses and phone numbers with placeholders. */
  readonly hidesPersonalData: boolean;
  /** Replaces IP addresses with placeholders. */
  readonly hidesAddresses: boolean;
}

export const defaultModelPrivacy: ModelPrivacy = { fields: sentFields, hidesPersonalData: true, hidesAddresses: true };
