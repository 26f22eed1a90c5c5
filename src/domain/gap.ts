/** Data that is not there: nobody can look it up, only send it from now on. */
const ABSENT = /^(.*?)(?:: (?:none (?:is|are|was|were)|neither|no|nothing) .*|, which (?:is not|could not|no) .*)$/;
const QUESTION = /^(?:who|whose|what|why|whether|which|how|where)\b/;

/** Whether a gap is data that is missing, such as `traces of the quiet hour: none were found`, and no question to be answered. */
export const isAbsence = (gap: string): boolean => ABSENT.test(gap);

/** What is missing, without why: `traces of the quiet hour`; a question stays whole. */
export const absentPart = (gap: string): string => ABSENT.exec(gap)?.[1] ?? gap;

/** A gap as the beginning of a sentence: `Missing: an error with a stack trace`, `Not known: who sends the requests`. */
export function gapText(gap: string): string {
  return isAbsence(gap) ? `Missing: ${absentPart(gap)}` : `Not known: ${gap}`;
}

/** A gap as a task: `Find out who sends the requests`; null where it is data that is missing. */
export function gapTask(gap: string): string | null {
  if (isAbsence(gap)) return null;
  const pair = /^(.*) against (.*)$/.exec(gap);
  if (QUESTION.test(gap)) return `Find out ${gap}`;
  return pair ? `Compare ${pair[1]} with ${pair[2]}` : `Look at ${gap}`;
}
