import { linesOf } from './lines';

export interface ServerSentEvent {
  /** `message` where the server names none. */
  readonly name: string;
  readonly data: string;
}

/**
 * Reads an event stream (HTML Living Standard, section 9.2.6): events end with an empty line, the lines of `data` are joined,
 * comments and unknown fields are skipped. Unlike the standard, an event at the end of the stream counts without the empty
 * line, because some servers leave it out.
 */
export async function* eventsOf(pieces: AsyncIterable<string>): AsyncGenerator<ServerSentEvent> {
  let name = '';
  let data: string[] = [];
  for await (const line of linesOf(pieces)) {
    if (line === '') {
      if (data.length > 0) yield { name: name || 'message', data: data.join('\n') };
      name = '';
      data = [];
      continue;
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'event') name = value;
    else if (field === 'data') data.push(value);
  }
  if (data.length > 0) yield { name: name || 'message', data: data.join('\n') };
}
