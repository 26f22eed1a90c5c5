import type * as vscode from 'vscode';
import type { ModelChoice } from '../../domain/languageModel';
import { MINIMAX_ADDRESS, modelAddress } from '../../domain/modelAddress';
import type { Redactor } from '../log';

/** A key is kept for the address that it was entered for, and is sent nowhere else. */
const slotOf = (address: string) => `aidog.model.key:${address}`;

export interface ModelKeys {
  /** The stored key of the address, else that of its environment variable; null for none, for VS Code's models and for a bad address. */
  keyOf(choice: ModelChoice): Promise<string | null>;
  /** The keys of all these models by address, as the engine wants them. */
  keysOf(choices: readonly ModelChoice[]): Promise<Record<string, string>>;
  isStored(address: string): Promise<boolean>;
  store(address: string, key: string): Promise<void>;
  forget(address: string): Promise<void>;
  /** Name of the variable that a key can come from; null for addresses of nobody's own. */
  variableOf(address: string): string | null;
}

/** Where keys of each provider's own address can come from besides. A variable's key is sent to no other address. */
const VARIABLES: Readonly<Record<string, string>> = {
  [modelAddress('openai', null)]: 'OPENAI_API_KEY',
  [modelAddress('anthropic', null)]: 'ANTHROPIC_API_KEY',
  [MINIMAX_ADDRESS]: 'MINIMAX_API_KEY',
};

/**
 * Keys live in VS Code's SecretStorage and nowhere else; all that are seen are hidden from the log. They are read anew for every
 * question, so a key that another window stores or removes counts at once.
 */
export function createModelKeys(secrets: vscode.SecretStorage, env: NodeJS.ProcessEnv, redactor: Redactor): ModelKeys {
  const variableOf = (address: string) => VARIABLES[address] ?? null;
  const keyAt = async (address: string | null): Promise<string | null> => {
    if (address === null) return null;
    const variable = variableOf(address);
    const key = (await secrets.get(slotOf(address))) ?? (variable === null ? undefined : env[variable]);
    if (!key) return null;
    redactor.hide(key);
    return key;
  };
  return {
    keyOf: (choice) => keyAt(addressOf(choice)),
    async keysOf(choices) {
      const addresses = [...new Set(choices.map(addressOf))].filter((address) => address !== null);
      const found = await Promise.all(addresses.map(async (address) => [address, await keyAt(address)] as const));
      return Object.fromEntries(found.flatMap(([address, key]) => (key === null ? [] : [[address, key]])));
    },
    isStored: async (address) => (await secrets.get(slotOf(address))) !== undefined,
    async store(address, key) {
      redactor.hide(key);
      await secrets.store(slotOf(address), key);
    },
    forget: async (address) => secrets.delete(slotOf(address)),
    variableOf,
  };
}

/** The address that requests to a model go to; null for VS Code's models and where the settings hold none that may be used. */
export function addressOf({ provider, baseUrl }: ModelChoice): string | null {
  if (provider === 'editor') return null;
  try {
    return modelAddress(provider, baseUrl);
  } catch {
    return null;
  }
}
