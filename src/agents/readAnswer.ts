import * as z from 'zod/mini';
import type { AnswerStage } from '../domain/agentTrace';
import type { Json } from '../domain/json';
import type { ModelAnswer, ModelMessage } from '../domain/languageModel';
import { oneLine } from '../domain/plainText';
import type { Accepted, Agent, AgentRedaction } from './agent';
import { answerJson } from './answerJson';
import { type AnswerSchema, coerce } from './coerce';
import { restored } from './sentSchema';

const MAX_SHOWN_FAULTS = 8;
/** Of a refused answer that is shown again to the model. */
const MAX_QUOTED = 2000;

/** An answer that was read: an output, or what is wrong with it. */
export interface Reading<O> extends Accepted<O> {
  readonly stage: AnswerStage;
}

export const shownFaults = (faults: readonly string[]): readonly string[] => faults.slice(0, MAX_SHOWN_FAULTS);

/** What an answer is held against: the schema of the request, the same as JSON schema, and what was redacted. */
export interface Held<A extends Json> {
  readonly schema: z.ZodMiniType<A>;
  readonly shape: AnswerSchema;
  readonly redaction: AgentRedaction | null;
}

/** Reads an answer: its first whole object as it came, else mended where that needs no guessing, then judged by the agent. */
export function readAnswer<I, A extends Json, O>(
  agent: Agent<I, A, O>,
  input: I,
  answer: ModelAnswer,
  { schema, shape, redaction }: Held<A>,
): Reading<O> {
  const found = answerJson(answer.text);
  if (found === null) return refused(noJson(answer));
  const value = restored(found, redaction);
  const strict = z.safeParse(schema, value);
  if (strict.success) return judged(agent, strict.data, input, 'model');
  const mended = z.safeParse(schema, coerce(value, shape));
  if (mended.success) return judged(agent, mended.data, input, 'coerced');
  return refused([...(answer.isCut ? [WAS_CUT] : []), ...shapeFaults(mended.error)]);
}

function judged<I, A extends Json, O>(agent: Agent<I, A, O>, answer: A, input: I, stage: AnswerStage): Reading<O> {
  const { output, faults } = agent.accept(answer, input);
  return { output, faults, stage: faults.length > 0 ? 'coerced' : stage };
}

const WAS_CUT = 'it was cut before its JSON ended: be shorter';

const refused = <O>(faults: readonly string[]): Reading<O> => ({ output: null, faults, stage: 'fallback' });

function noJson({ text, isCut }: ModelAnswer): readonly string[] {
  if (text.trim() === '') return ['it was empty'];
  return [isCut ? WAS_CUT : 'it held no whole JSON object'];
}

/** What zod names, without the names that the model made up. */
function shapeFaults(error: z.core.$ZodError): readonly string[] {
  return z
    .prettifyError({ ...error, issues: error.issues.filter(({ code }) => code !== 'unrecognized_keys') })
    .split(/\n(?=✖)/)
    .map((fault) => oneLine(fault.replace(/^✖\s*/, ''), 160));
}

/** The turn in which a model is told what is wrong with its answer. */
export function repairMessages({ text }: ModelAnswer, faults: readonly string[]): readonly ModelMessage[] {
  const list = shownFaults(faults).map((fault) => `- ${fault}`);
  const quoted = text.slice(0, MAX_QUOTED);
  return [
    { role: 'assistant', content: quoted.trim() === '' ? '{}' : quoted },
    {
      role: 'user',
      content: ['That answer cannot be used:', ...list, 'Answer again with one JSON object of the schema and nothing else.'].join('\n'),
    },
  ];
}
