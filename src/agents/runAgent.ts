import * as z from 'zod/mini';
import type { AgentCall, AnswerStage } from '../domain/agentTrace';
import { cancelled, messageFor } from '../domain/errors';
import type { Json } from '../domain/json';
import type { LanguageModel, ModelAnswer, ModelRequest } from '../domain/languageModel';
import { oneLine } from '../domain/plainText';
import type { Agent, AgentDeps, AgentResult } from './agent';
import { addCalls, callOf, codeCall } from './agentCall';
import type { AnswerSchema } from './coerce';
import { modelTurn } from './modelTurn';
import { promptText } from './promptText';
import { type Reading, readAnswer, repairMessages, shownFaults } from './readAnswer';
import { permittedSections } from './redaction/permittedSections';
import { redactedSchema } from './sentSchema';

const MAX_TURNS = 2;
const camelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

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
      const reading = readAnswer(agent, input, answer, { schema, shape, redaction: deps.redaction });
      if (reading.output !== null) return finished(reading, reading.output, turn, spent);
      why = `the answer of ${answer.model} was not fit: ${shownFaults(reading.faults).join('; ')}`;
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
  const [first, ...rest] = shownFaults(faults);
  const what = reached === 'repaired' ? 'the first answer was not fit' : 'left out or clamped';
  const why = reached === 'model' ? null : oneLine([first === undefined ? what : `${what}: ${first}`, ...rest].join('; '), 400);
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
