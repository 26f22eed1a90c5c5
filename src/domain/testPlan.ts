/** One test of a plan, in the shape that TestSprite reads. */
export interface TestCase {
  /** `TC001`, `TC002`, … */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly priority: 'High' | 'Medium' | 'Low';
  readonly steps: readonly string[];
}

/** How to test a fix. */
export interface TestPlan {
  readonly title: string;
  readonly cases: readonly TestCase[];
  /** Evidence that the cases come from. */
  readonly evidence: readonly string[];
}
