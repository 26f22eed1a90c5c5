import type { ModelChoice, ModelProvider } from './languageModel';
import { badModelAddress } from './modelErrors';

/** Where each provider is unless told otherwise; VS Code's models have no address. */
const OWN_ADDRESS: Readonly<Record<Exclude<ModelProvider, 'editor'>, string>> = {
  ollama: 'http://127.0.0.1:11434',
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com',
};

/** MiniMax speaks Anthropic's API at this address, with thinking kept apart from the answer. */
export const MINIMAX_ADDRESS = 'https://api.minimax.io/anthropic';
const MINIMAX_MODEL = 'MiniMax-M3';

/** Whether an address is MiniMax's own, the international one or the one in China. */
const isMiniMax = (address: string): boolean => URL.canParse(address) && /(?:^|\.)minimaxi?\.(?:io|com)$/.test(new URL(address).hostname);

/** Whether a model was chosen as MiniMax's, or is at MiniMax's own address. */
export const isOfMiniMax = ({ provider, baseUrl, vendor }: ModelChoice): boolean =>
  provider === 'anthropic' && (vendor === 'minimax' || (baseUrl !== null && isMiniMax(baseUrl)));

/** MiniMax's model of that name, or its usual one, at its own address or a gateway's. */
export const miniMaxChoice = (model: string, baseUrl: string | null): ModelChoice => ({
  provider: 'anthropic',
  model: model || MINIMAX_MODEL,
  baseUrl: baseUrl ?? MINIMAX_ADDRESS,
  vendor: 'minimax',
});

/** The model in words that a person can also type after `--model`: `ollama:llama3.2:3b`, `minimax:MiniMax-M3`. */
export function modelLabel(choice: ModelChoice): string {
  const { provider, model } = choice;
  const who = isOfMiniMax(choice) ? 'minimax' : provider;
  return model === '' ? who : `${who}:${model}`;
}

/**
 * Reads `none`, `ollama:NAME`, `openai:NAME`, `anthropic:NAME`, `minimax` or `minimax:NAME`; `undefined` where it is none of
 * these. `none` is null. An address replaces the provider's own.
 */
export function parseModelLabel(text: string, baseUrl: string | null = null): ModelChoice | null | undefined {
  const [, who = '', model = ''] = /^([^:]*):?(.*)$/s.exec(text.trim()) ?? [];
  if (who === 'none' && model === '') return null;
  if (who === 'minimax') return miniMaxChoice(model, baseUrl);
  const isKnown = who === 'ollama' || who === 'openai' || who === 'anthropic';
  return isKnown && model !== '' ? { provider: who, model, baseUrl } : undefined;
}

/**
 * The address that requests go to, without a slash at its end: encrypted, or on this machine. OpenAI's kind ends with `/v1`,
 * Anthropic's does not. Throws `badModelAddress` for anything else, and for one with a user name, a query or a fragment.
 */
export function modelAddress(provider: Exclude<ModelProvider, 'editor'>, baseUrl: string | null): string {
  const given = baseUrl?.trim() ?? '';
  if (given === '') return OWN_ADDRESS[provider];
  if (!URL.canParse(given)) throw badModelAddress(given);
  const url = new URL(given);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url.hostname));
  if (!isSafe || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') throw badModelAddress(hidden(url));
  const path = url.pathname.replace(/\/+$/, '');
  if (provider === 'openai') return `${url.origin}${path === '' ? '/v1' : path}`;
  return `${url.origin}${provider === 'anthropic' ? path.replace(/\/v1$/, '') : path}`;
}

/** Whether what is sent leaves this machine. Ollama passes models whose tag ends with `cloud` on to its own servers. */
export function isRemoteModel({ provider, model, baseUrl }: ModelChoice): boolean {
  if (provider === 'editor') return true;
  if (provider === 'ollama' && /[:-]cloud$/i.test(model)) return true;
  return !isThisMachine(new URL(modelAddress(provider, baseUrl)).hostname);
}

/** The address that Ollama's own variable `OLLAMA_HOST` names, such as `:11500`, `0.0.0.0` or `http://127.0.0.1:11500`; null where it is empty. */
export function ollamaHost(variable: string | undefined): string | null {
  const text = variable?.trim() ?? '';
  if (text === '') return null;
  const host = text.includes('://') ? text : `http://${text.startsWith(':') ? `127.0.0.1${text}` : text}`;
  if (!URL.canParse(host)) return host;
  const url = new URL(host);
  // A server that listens on every address is reached on this machine's own.
  if (url.hostname === '0.0.0.0' || url.hostname === '[::]') url.hostname = '127.0.0.1';
  if (url.port === '' && !text.includes('://')) url.port = '11434';
  return url.toString().replace(/\/+$/, '');
}

function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** An address as it may be shown: user names, passwords and queries can be secrets. */
function hidden(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}
