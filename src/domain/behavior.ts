/** What a person did with something that was offered to them. */
export interface BehaviorRecord {
  /** Epoch milliseconds. */
  readonly atMs: number;
  readonly deed: 'accept' | 'reject' | 'execute';
  readonly subject: 'step' | 'recommendation' | 'hypothesis';
  /** The step's action, the recommendation's or the hypothesis' kind. */
  readonly kind: string;
  readonly title: string;
  /** Type of the incident that it was offered for. */
  readonly incidentType: string;
  readonly service: string | null;
}

/** Whom the steps are for: the role, as the person calls it, and what they did before. */
export interface Person {
  readonly role: string | null;
  readonly records: readonly BehaviorRecord[];
}
