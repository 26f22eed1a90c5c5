import type { AgentCall, AnswerStage } from '../domain/agentTrace';
import type { ModelAnswer, ModelRequest } from '../domain/languageModel';

/** What one turn with a model took. */
export function callOf(request: ModelRequest, answer: ModelAnswer, answeredBy: AnswerStage, why: string | null = null): AgentCall {
  const { tokensIn, tokensOut, costUsd, model, text } = answer;
  const inputCharacters = request.system.length + request.messages.reduce((sum, { content }) => sum + content.length, 0);
  return { inputCharacters, outputCharacters: text.length, tokensIn, tokensOut, costUsd, model, answeredBy, why };
}

/** Two turns as one: sums, the model that answered last; a cost that is not known makes the sum unknown. */
export function addCalls(first: AgentCall | null, second: AgentCall): AgentCall {
  if (first === null) return second;
  return {
    ...second,
    inputCharacters: first.inputCharacters + second.inputCharacters,
    outputCharacters: first.outputCharacters + second.outputCharacters,
    tokensIn: first.tokensIn + second.tokensIn,
    tokensOut: first.tokensOut + second.tokensOut,
    costUsd: first.costUsd === null || second.costUsd === null ? null : first.costUsd + second.costUsd,
  };
}

/** Code answered; what was spent on a model before stays on the bill. */
export function codeCall(output: unknown, why: string, spent: AgentCall | null): AgentCall {
  const { inputCharacters = 0, tokensIn = 0, tokensOut = 0, costUsd = 0 } = spent ?? {};
  const outputCharacters = JSON.stringify(output)?.length ?? 0;
  return { inputCharacters, outputCharacters, tokensIn, tokensOut, costUsd, model: null, answeredBy: 'fallback', why };
}
