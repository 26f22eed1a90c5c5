const FRAMES: readonly RegExp[] = [
  // Java, Kotlin, JavaScript, C#: "    at …(file:line)", "   at Name in file:line 12"
  /^\s+at [\w$.<>[\]`\s/@-]{1,300}(?:\(|:\d+|in )/,
  /^\s+at (?:file|node|https?|async |\/|<anonymous>)/,
  /^\s*\.\.\. \d+ (?:more|common frames omitted)/,
  /^\s*Caused by: [\w$.]{3,}/,
  /^\s*Suppressed: [\w$.]{3,}/,
  // Python
  /^Traceback \(most recent call last\):/,
  /^\s+File "[^"]{1,400}", line \d+/,
  /^During handling of the above exception/,
  /^The above exception was the direct cause/,
  // Ruby
  /^\s+(?:from )?[\w./-]{1,300}\.rb:\d+:in /,
  // Go
  /^goroutine \d+ \[/,
  /^\t\S{1,300}\.go:\d+/,
  /^\s+--- End of (?:inner exception )?stack trace/,
];

/** Source that Python and Rust print below a frame. */
const DEEPLY_INDENTED = /^(?: {4,}|\t)\S/;
const PYTHON_FRAME = /^\s+File "[^"]{1,400}", line \d+/;
const GO_CALL = /^[\w./*()-]{3,300}\(.{0,300}\)$/;
const GO_PLACE = /^goroutine \d+ \[|^\t\S{1,300}\.go:\d+/;
const PYTHON_ERROR = /^[\w.]{3,100}(?:Error|Exception|Warning|Interrupt|Exit)\b(?::|$)/;

/**
 * Tells which lines belong to the event before them: the frames of a stack trace. Only what cannot be a message of its own does, so
 * an indented message stays one.
 */
export class ContinuationTracker {
  #previous = '';
  #isInPython = false;

  /** Whether this line goes on with the event of the line before. */
  isContinuation(line: string): boolean {
    const isOne = this.#judge(line);
    this.#previous = line.length > 400 ? line.slice(0, 400) : line;
    return isOne;
  }

  #judge(line: string): boolean {
    const first = line.charCodeAt(0);
    if (this.#isInPython) return this.#goesOnInPython(line);
    if (first !== 32 && first !== 9 && first !== 67 && first !== 84 && first !== 103 && first !== 46 && first !== 83 && first !== 68)
      return GO_PLACE.test(this.#previous) && GO_CALL.test(line);
    const head = line.length > 700 ? line.slice(0, 700) : line;
    const isFrame = FRAMES.some((frame) => frame.test(head));
    if (isFrame && (first === 84 || PYTHON_FRAME.test(head))) this.#isInPython = true;
    return isFrame || (GO_PLACE.test(this.#previous) && GO_CALL.test(head));
  }

  /** Frames, their source, and the line at the end that names the error. */
  #goesOnInPython(line: string): boolean {
    if (PYTHON_FRAME.test(line) || (DEEPLY_INDENTED.test(line) && PYTHON_FRAME.test(this.#previous)) || /^\s+[~^]+\s*$/.test(line))
      return true;
    if (DEEPLY_INDENTED.test(line)) return true;
    this.#isInPython = false;
    return PYTHON_ERROR.test(line) || /^(?:Traceback \(|During handling|The above exception)/.test(line);
  }
}
