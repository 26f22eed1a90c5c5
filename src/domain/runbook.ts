/** Where a runbook comes from. */
export type RunbookOrigin = 'workspace' | 'bundled' | 'learned';

/** A section of a runbook that fits an incident. */
export interface RunbookHit {
  /** Unique within an investigation: `K1`, `K2`, … */
  readonly id: string;
  readonly origin: RunbookOrigin;
  /** Title of the runbook. */
  readonly title: string;
  /** Heading of the section; the title again where the text has no headings. */
  readonly section: string;
  /** Path with `/`, relative to the repository, or to AIDog's media folder for bundled ones; null where it is no file. */
  readonly path: string | null;
  /** Root of the repository on disk; null where there is none, and for bundled ones. */
  readonly root: string | null;
  /** 1-based line where the section begins. */
  readonly line: number;
  /** Plain text of the section, cut. */
  readonly excerpt: string;
  /** 0..1 within the result. */
  readonly score: number;
  /** Words of the question that were found, for a person. */
  readonly matched: readonly string[];
}
