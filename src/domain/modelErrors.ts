import { AppError } from './errors';
import { oneLine } from './plainText';

/** Errors of language models; see `errors.ts` for what they have in common. `who` is a model or an address, for a person. */

const MAX_REASON_CHARACTERS = 300;

export const ollamaNotRunning = (url: string, cause?: unknown) =>
  new AppError('unreachable', `No Ollama answers at ${url}. Start Ollama, or choose another model.`, {
    cause,
  });

export const ollamaSignedOut = (url: string, cause?: unknown) =>
  new AppError(
    'forbidden',
    `Ollama at ${url} wants to know who asks (401). Sign in with: ollama signin, or store a key with "AIDog: Set Model Key…".`,
    { cause },
  );

export const ollamaSilent = (url: string, seconds: number, cause?: unknown) =>
  new AppError('unreachable', `Ollama at ${url} said nothing within ${seconds} s. Restart Ollama, or choose another model.`, { cause });

export const modelUnreachable = (url: string, cause?: unknown) =>
  new AppError('unreachable', `${url} cannot be reached. Check the network, the proxy and the address of the language model.`, { cause });

export const modelSilent = (who: string, seconds: number, cause?: unknown) =>
  new AppError(
    'unreachable',
    `${who} did not begin to answer within ${seconds} s. Choose a smaller model, or raise the setting "aidog.model.timeoutSeconds".`,
    { cause },
  );

export const modelStalled = (who: string, seconds: number, cause?: unknown) =>
  new AppError('unreachable', `${who} stopped in the middle of its answer and sent nothing for ${seconds} s. Try again.`, { cause });

export const modelTooSlow = (who: string, seconds: number, cause?: unknown) =>
  new AppError(
    'unreachable',
    `${who} was not done with its answer after ${seconds} s. Choose a faster model, or raise the setting "aidog.model.timeoutSeconds".`,
    { cause },
  );

export const modelBrokeOff = (who: string, cause?: unknown) =>
  new AppError('bad_answer', `The connection to ${who} broke off before its answer was whole. Try again.`, { cause });

export const modelUnreadable = (who: string, cause?: unknown) =>
  new AppError('bad_answer', `${who} sent something that is no answer of a language model. Check the address, and that it is no proxy.`, {
    cause,
  });

export const modelAnswerTooLong = (who: string) =>
  new AppError('bad_answer', `${who} sent far more than was asked for, so its answer was dropped. Choose another model.`);

export const modelReportedError = (who: string, reason: string, cause?: unknown) =>
  new AppError('server', `${who} failed while it answered: ${sentence(reason)}`, { cause });

export const modelDeclined = (who: string) =>
  new AppError('bad_answer', `${who} declined to answer because of its provider’s rules. Choose another model.`);

export const modelRefusedRequest = (who: string, reason: string, cause?: unknown) =>
  new AppError('bad_input', `${who} does not accept the request: ${sentence(reason)}`, { cause });

export const modelPromptTooLong = (who: string, cause?: unknown) =>
  new AppError(
    'bad_input',
    `The question is longer than the context of ${who}. Raise the setting "aidog.model.contextTokens" for Ollama, or choose a model with more.`,
    { cause },
  );

export const modelKeyMissing = (url: string, variable: string) =>
  new AppError('configuration', `There is no key for ${url}. Store one with "AIDog: Set Model Key…", or set ${variable}.`);

export const modelKeyRefused = (url: string, cause?: unknown) =>
  new AppError(
    'forbidden',
    `${url} does not accept the key (401). It may have expired: store a new one with "AIDog: Set Model Key…", or correct the environment variable that it comes from.`,
    {
      cause,
    },
  );

export const modelForbidden = (who: string, reason: string, cause?: unknown) =>
  new AppError('forbidden', `${who} may not be used with this key or on this server (403): ${sentence(reason)}`, { cause });

export const ollamaModelMissing = (model: string, cause?: unknown) =>
  new AppError(
    'not_found',
    `Ollama does not have the model ${oneLine(model, MAX_REASON_CHARACTERS)}. Pull it with "AIDog: Pull Model…", or with: ollama pull ${oneLine(model, MAX_REASON_CHARACTERS)}`,
    { cause },
  );

export const modelMissing = (model: string, url: string, cause?: unknown) =>
  new AppError('not_found', `${url} has no model ${oneLine(model, MAX_REASON_CHARACTERS)}. Choose one that it offers.`, { cause });

export const modelRouteMissing = (url: string, cause?: unknown) =>
  new AppError('not_found', `${url} does not speak this kind of API (404). Check the address of the language model and its provider.`, {
    cause,
  });

export const modelRedirects = (url: string, status: number) =>
  new AppError(
    'configuration',
    `${url} sends us to another address (${status}), and keys do not follow there. Set the address that it leads to.`,
  );

export const modelLimited = (who: string, retryInSec: number | null, cause?: unknown) =>
  new AppError(
    'rate_limited',
    `${who} is limiting requests or its quota is used up (429). Try again ${retryInSec === null ? 'in a minute' : `in ${retryInSec} s`}, or choose another model.`,
    { cause },
  );

export const modelServerFailed = (who: string, status: number, reason: string, cause?: unknown) =>
  new AppError('server', `${who} failed with status ${status}: ${sentence(reason)} Try later, or choose another model.`, {
    cause,
  });

export const modelResting = (who: string) =>
  new AppError(
    'unreachable',
    `${who} failed or kept us waiting a moment ago, so it is not asked for a minute. Choose another model, or try later.`,
  );

export const modelTokensSpent = (limit: number) =>
  new AppError(
    'configuration',
    `The next request does not fit into the ${limit} tokens that one investigation may use. Raise the setting "aidog.model.budgetTokens".`,
  );

export const modelMoneySpent = (limitUsd: number) =>
  new AppError(
    'configuration',
    `The next request does not fit into the ${limitUsd} US dollars that one investigation may cost. Raise the setting "aidog.model.budgetUsd".`,
  );

export const modelTimeSpent = (limitSec: number, cause?: unknown) =>
  new AppError(
    'configuration',
    `The ${limitSec} s that language models may take in one investigation are used up. Raise the setting "aidog.model.budgetSeconds".`,
    { cause },
  );

export const badModelAddress = (address: string) =>
  new AppError(
    'configuration',
    `The address of the language model, ${oneLine(address, 100)}, must be an https:// address, or http:// on this machine, without a user name or a query. Correct it.`,
  );

export const editorModelsOnlyInEditor = () =>
  new AppError('configuration', 'Models of VS Code can be used inside VS Code only. Choose another model.');

export const editorHasNoModels = () =>
  new AppError(
    'configuration',
    'This editor offers no language models. Install an extension that does, such as GitHub Copilot, and sign in, or choose another model.',
  );

export const editorModelMissing = (model: string, cause?: unknown) =>
  new AppError(
    'not_found',
    `VS Code offers no model ${oneLine(model, MAX_REASON_CHARACTERS)} now. Sign in to what offers it, or choose another with "AIDog: Choose Language Model…".`,
    { cause },
  );

export const editorModelForbidden = (who: string, cause?: unknown) =>
  new AppError(
    'forbidden',
    `AIDog may not use ${who}. Allow it with the command "Manage Language Model Access" in the menu of your account, or choose another model.`,
    { cause },
  );

export const editorModelLimited = (who: string, cause?: unknown) =>
  new AppError('rate_limited', `${who} is limiting the requests of AIDog. Try again in a few minutes, or choose another model.`, { cause });

export const editorQuotaSpent = (who: string, cause?: unknown) =>
  new AppError('rate_limited', `The quota of ${who} is used up. Wait until it is renewed, or choose another model.`, { cause });

export const modelUnnamed = () =>
  new AppError('configuration', 'No language model is named. Choose one with "AIDog: Choose Language Model…".');

export const modelNotPermitted = (address: string) =>
  new AppError(
    'configuration',
    `Nothing was sent, because you have not allowed AIDog to send to ${oneLine(address, 100)}. Choose the model again with "AIDog: Choose Language Model…".`,
  );

export const noCaseToPreview = () =>
  new AppError('not_found', 'What was found is no longer at hand. Run the investigation again, then preview.');

export const noPullHere = () => new AppError('bad_input', 'Only Ollama can pull models. Choose one that the server offers.');

export const pullFailed = (model: string, reason: string, cause?: unknown) =>
  new AppError('server', `Ollama could not pull ${oneLine(model, MAX_REASON_CHARACTERS)}: ${sentence(reason)}`, { cause });

export const modelCancelled = (cause?: unknown) =>
  new AppError('cancelled', 'The question to the language model was cancelled.', { cause });

/** What a server said, on one line, with a full stop. */
function sentence(reason: string): string {
  const said = oneLine(reason, MAX_REASON_CHARACTERS).trim();
  if (said === '') return 'it gave no reason.';
  return /[.!?…]$/.test(said) ? said : `${said}.`;
}
