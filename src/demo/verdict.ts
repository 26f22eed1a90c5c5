import type { Investigation } from '../domain/investigation';
import type { Scenario } from './shopHistory';

export interface Judgement {
  readonly isRight: boolean;
  /** One line for a person. */
  readonly line: string;
}

/** Whether an investigation found what was planted: commit, file and line, or that no commit is to blame. */
export function judge({ id, verdict, planted }: Scenario, found: Investigation): Judgement {
  const best = found.hypotheses[0];
  const place = best?.location ? `${best.location.file}:${best.location.line}` : 'no line';
  const saw = `verdict ${found.verdict}, commit ${found.rootCauseCommit?.slice(0, 7) ?? 'none'}, ${place}`;
  if (planted === null) {
    const isRight = found.rootCauseCommit === null && found.verdict === verdict;
    return { isRight, line: `${isRight ? 'PASS' : 'FAIL'} ${id}: expected verdict ${verdict} and no commit; found ${saw}` };
  }
  const isLine = best?.location?.file === planted.file && best.location.line === planted.line;
  const isRight = found.verdict === verdict && found.rootCauseCommit === planted.commit && best?.commit === planted.commit && isLine;
  const expected = `commit ${planted.commit.slice(0, 7)}, ${planted.file}:${planted.line}`;
  return { isRight, line: `${isRight ? 'PASS' : 'FAIL'} ${id}: expected ${expected}; found ${saw}` };
}
