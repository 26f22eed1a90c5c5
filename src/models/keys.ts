import type { ModelProvider } from '../domain/languageModel';
import { modelAddress } from '../domain/modelAddress';

/** The key for an address: the one that is stored for it, and the provider's for the provider's own address and no other. */
export function keyFor(
  keys: Readonly<Record<string, string>>,
  provider: Exclude<ModelProvider, 'editor'>,
  baseUrl: string | null,
): string | null {
  const address = modelAddress(provider, baseUrl);
  const byAddress = own(keys, address) ?? (baseUrl === null ? null : own(keys, baseUrl));
  if (byAddress !== null) return byAddress;
  return address === modelAddress(provider, null) ? own(keys, provider) : null;
}

function own(keys: Readonly<Record<string, string>>, name: string): string | null {
  return (Object.hasOwn(keys, name) ? keys[name]?.trim() : '') || null;
}
