import * as z from 'zod/mini';
import type { AgentCall, AnswerStage } from '../domain/agentTrace';
import { cancelled, messageFor } from '../domain/errors';
import type { Json } from '../domain/json';
import type { LanguageModel, ModelAnswer, ModelMessage, ModelRequest } from '../domain/languageModel';
import { oneLine } from '../domain/plainText';
import type { Accepted, Agent, AgentDeps, AgentResult } from './agent';
import { addCalls, callOf, codeCall } from './agentCall';
import { answerJson } from './answerJson';
import { type AnswerSchema, coerce } from './coerce';
import { modelTurn } from './modelTurn';
import { promptText } from './promptText';
import { permittedSections } from './redaction/permittedSections';
import { redactedSchema, restored } from './sentSchema';

const MAX_TURNS = 2;
const MAX_SHOWN_FAULTS = 8;
/** Of a refused answer that is shown again to the model. */
const MAX_QUOTED = 2000;

const camelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** An answer that was read: an output, or what is wrong with it. */
interface Reading<O> extends Accepted<O> {
  readonly stage: AnswerStage;
}

/**
 * Runs an agent: asks the model for JSON of the agent's schema, reads the first whole object in the answer, validates it, mends
 * what needs no guessing, lets the agent judge the words, gives the model one more turn to mend the rest, and lets code answer
 * when that fails as well. Rejects only when the signal fires; whatever a model does ends in a valid output with the stage that
 * gave it and the reason.
 */
export async function runAgent<I, A extends Json, O>(agent: Agent<I, A, O>, input: I, deps: AgentDeps): Promise<AgentResult<O>> {
  if (deps.signal.aborted) throw cancelled();
  const startedAtMs = deps.clock.nowMs();
  const began = performance.now();
  const result = deps.model === null ? byCode(agent, input, 'No model is set.', null) : await byModel(agent, input, deps, deps.model);
  if (deps.signal.aborted) throw cancelled();
  deps.trace({
    agent: `agents.${camelCase(agent.name)}`,
    startedAtMs,
    ms: Math.round(performance.now() - began),
    ok: deps.model === null || result.stage !== 'fallback',
    note: result.why === null ? result.stage : `${result.stage}: ${result.why}`,
    call: result.call,
  });
  return result;
}

async function byModel<I, A extends Json, O>(
  agent: Agent<I, A, O>,
  input: I,
  deps: AgentDeps,
  model: LanguageModel,
): Promise<AgentResult<O>> {
  let spent: AgentCall | null = null;
  try {
    const schema = agent.outputSchema(input);
    const shape = z.toJSONSchema(schema) as AnswerSchema & Json;
    let request = await firstRequest(agent, input, shape, deps);
    let why = '';
    for (let turn = 1; turn <= MAX_TURNS; turn++) {
      const { answer, call } = await tracedTurn(model, request, deps, turn);
      spent = addCalls(spent, call);
      const reading = read(agent, input, answer, schema, shape, deps);
      if (reading.output !== null) return finished(reading, reading.output, turn, spent);
      why = `the answer of ${answer.model} was not fit: ${reading.faults.slice(0, MAX_SHOWN_FAULTS).join('; ')}`;
      request = { ...request, messages: [...request.messages, ...repairMessages(answer, reading.faults)] };
    }
    return byCode(agent, input, oneLine(why, 400), spent);
  } catch (error) {
    if (deps.signal.aborted) throw cancelled();
    return byCode(agent, input, oneLine(messageFor(error), 400), spent);
  }
}

function finished<O>({ faults, stage }: Reading<O>, output: O, turn: number, spent: AgentCall): AgentResult<O> {
  const reached: AnswerStage = turn > 1 ? 'repaired' : stage;
  const why =
    reached === 'model'
      ? null
      : oneLine(
          `${reached === 'repaired' ? 'the first answer was not fit' : 'left out or clamped'}${faults.length > 0 ? `: ${faults.slice(0, MAX_SHOWN_FAULTS).join('; ')}` : ''}`,
          400,
        );
  return { output, stage: reached, why, call: { ...spent, answeredBy: reached, why } };
}

function byCode<I, A extends Json, O>(agent: Agent<I, A, O>, input: I, why: string, spent: AgentCall | null): AgentResult<O> {
  const output = agent.fallback(input);
  return { output, stage: 'fallback', why, call: codeCall(output, why, spent) };
}

async function firstRequest<I, A extends Json, O>(
  agent: Agent<I, A, O>,
  input: I,
  shape: AnswerSchema & Json,
  { readPrompt, redaction, fields = null }: AgentDeps,
): Promise<ModelRequest> {
  const told = promptText(
    permittedSections(agent.sections(input), fields),
    redaction === null ? undefined : (text) => redaction.redact(text),
  );
  return {
    name: agent.name,
    system: await readPrompt(agent.name),
    messages: [{ role: 'user', content: told }],
    schema: redactedSchema(shape, redaction),
    maxOutputTokens: agent.maxOutputTokens,
  };
}

async function tracedTurn(
  model: LanguageModel,
  request: ModelRequest,
  deps: AgentDeps,
  turn: number,
): Promise<{ answer: ModelAnswer; call: AgentCall }> {
  const startedAtMs = deps.clock.nowMs();
  const began = performance.now();
  const report = (ok: boolean, note: string, call: AgentCall) =>
    deps.trace({ agent: `models.${camelCase(request.name)}`, startedAtMs, ms: Math.round(performance.now() - began), ok, note, call });
  try {
    const answer = await modelTurn(model, request, deps.signal, deps.limitMs);
    const call = callOf(request, answer, turn > 1 ? 'repaired' : 'model');
    report(true, `turn ${turn}${answer.isCut ? ', cut because it became too long' : ''}`, call);
    return { answer, call };
  } catch (error) {
    if (!deps.signal.aborted) {
      const why = oneLine(messageFor(error), 400);
      report(
        false,
        why,
        callOf(request, { text: '', isCut: false, tokensIn: 0, tokensOut: 0, costUsd: null, model: model.name }, 'fallback', why),
      );
    }
    throw error;
  }
}

function read<I, A extends Json, O>(
  agent: Agent<I, A, O>,
  input: I,
  answer: ModelAnswer,
  schema: z.ZodMiniType<A>,
  shape: AnswerSchema,
  { redaction }: AgentDeps,
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

function repairMessages({ text }: ModelAnswer, faults: readonly string[]): readonly ModelMessage[] {
  const list = faults.slice(0, MAX_SHOWN_FAULTS).map((fault) => `- ${fault}`);
  const quoted = text.slice(0, MAX_QUOTED);
  return [
    { role: 'assistant', content: quoted.trim() === '' ? '{}' : quoted },
    {
      role: 'user',
      content: ['That answer cannot be used:', ...list, 'Answer again with one JSON object of the schema and nothing else.'].join('\n'),
    },
  ];
}
