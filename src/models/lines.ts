/** The lines of a text that comes in pieces, without their ends (`\n`, `\r\n`); the last may lack one. Linear in the text. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  // Pieces of a line that is not over yet are joined once, so that a line in a million pieces costs no more than in one.
  let open: string[] = [];
  for await (const piece of pieces) {
    let from = 0;
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', from)) {
      open.push(piece.slice(from, at));
      yield withoutReturn(open.join(''));
      open = [];
      from = at + 1;
    }
    if (from < piece.length) open.push(piece.slice(from));
  }
  const rest = open.join('');
  if (rest !== '') yield withoutReturn(rest);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
