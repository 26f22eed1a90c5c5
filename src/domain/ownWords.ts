/** Quotations in a log line; those with escaped marks stand within another one. Marks do not nest, so each is matched in linear time. */
const QUOTED = /"[^"\n]*"|(?<![\w\\])'[^'\n]*'(?!\w)|`[^`\n]*`|“[^“”\n]*”|«[^«»\n]*»|‘[^‘’\n]*’/g;
const ESCAPED = /\\"[^"\\\n]*\\"|\\'[^'\\\n]*\\'/g;
const MARKS = /["'`“«‘]/;
/** Where a quotation is the message itself: a field of a structured line, such as `msg="…"`, or what an exception says. */
const FIELD =
  /(?:^|[\s,{(["'])(?:msg|message|err|error|reason|cause|detail|exception)(?:=|["'] ?: ?)$|(?:Error|Exception) ?[:=]? ?$|^error: ?$/;
const LONGEST_FIELD = 24;
/** A host, a path or an address, which tells who is meant and not what happened. */
const NAME = /^\S*[./:]\S*$/;
const ANY_WORD = /\p{L}{2}/u;

/**
 * What a program says by itself in a log line: the line without the words in quotation marks, which are mostly somebody's data. The
 * marks stay. A line that is nothing but a quotation is kept, as are messages in the fields of a structured line.
 */
export function ownWords(text: string): string {
  if (!MARKS.test(text)) return text;
  const own = text.replace(ESCAPED, '').replace(QUOTED, (quoted: string, at: number, whole: string) => {
    const inner = quoted.slice(1, -1);
    const isOwn = NAME.test(inner) || FIELD.test(whole.slice(Math.max(0, at - LONGEST_FIELD), at)) || isKey(whole, at, quoted);
    return isOwn ? quoted : `${quoted.charAt(0)}${quoted.charAt(quoted.length - 1)}`;
  });
  return ANY_WORD.test(own) ? own : text;
}

/** Whether a quotation is the name of a field in JSON. */
function isKey(whole: string, at: number, { length }: string): boolean {
  return /[{,]\s?$/.test(whole.slice(Math.max(0, at - 2), at)) && /^ ?:/.test(whole.slice(at + length, at + length + 2));
}
