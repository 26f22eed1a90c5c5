import type { RequestOptions } from '../../src/protocol/channel';
import type { EngineClient } from '../../src/ui/engineClient';
import type { Report } from '../../src/ui/report';

type Answer = (params: never, options?: RequestOptions) => unknown;

export interface FakeRequests {
  readonly engine: Pick<EngineClient, 'request'> & EngineClient;
  /** Names and parameters in the order in which they were asked. */
  readonly asked: [name: string, params: Record<string, unknown>][];
}

/** An engine that answers from a table; what is not in it is a mistake of the test. */
export function createFakeRequests(answers: Readonly<Record<string, Answer>>): FakeRequests {
  const asked: FakeRequests['asked'] = [];
  const request = async (name: string, params: unknown, options?: RequestOptions) => {
    asked.push([name, params as Record<string, unknown>]);
    const answer = answers[name];
    if (answer === undefined) throw new Error(`Nobody answers ${name}.`);
    return answer(params as never, options);
  };
  return { engine: { request } as unknown as FakeRequests['engine'], asked };
}

/** A report that keeps what it is told. */
export function createFakeReport(): Report & { readonly refused: string[]; readonly problems: unknown[] } {
  const refused: string[] = [];
  const problems: unknown[] = [];
  return { refused, problems, refuse: (sentence) => void refused.push(sentence), problem: (error) => void problems.push(error) };
}
