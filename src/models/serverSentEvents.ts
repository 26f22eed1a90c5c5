import { linesOf } from './lines';

export interface ServerSentEvent {
  /** `message` where the server names none. */
  readonly name: string;
  readonly data: string;
}

/**
 * Reads an event stream (HTML Living Standard, section 9.2.6): events end with an empty line, the lines of `data` are joined,
 * comments and unknown fields are skipped. Unlike the standard, blank data is no event, and an event at the end of the stream counts without the empty
 * line, because some servers leave it out.
 */
export async function* eventsOf(pieces: AsyncIterable<string>): AsyncGenerator<ServerSentEvent> {
  let name = '';
  let data: string[] = [];
  // Here a carriage return ends a line too.
  for await (const lines of linesOf(pieces))
    for (const line of lines.split('\r')) {
      if (line === '') {
        yield* eventOf(name, data);
        name = '';
        data = [];
        continue;
      }
      const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
      if (field === 'event') name = value;
      else if (field === 'data') data.push(value);
    }
  yield* eventOf(name, data);
}

/** Blank data keeps a connection alive and says nothing. */
function* eventOf(name: string, lines: readonly string[]): Generator<ServerSentEvent> {
  const data = lines.join('\n');
  if (data.trim() !== '') yield { name: name || 'message', data };
}
