import type { Repository } from '../../domain/ports';
import type { SiteHint } from './setupFacts';

/** Files in which people write where telemetry goes. */
const TELLING =
  /(?:^|\/)(?:\.env(?:\.[\w-]+)?|(?:docker-)?compose[\w.-]*\.ya?ml|datadog\.ya?ml|serverless\.ya?ml|values[\w.-]*\.ya?ml|Dockerfile)$/;
const MAX_FILES = 20;
const MAX_BYTES = 256 * 1024;
const NAMED = /\bDD_SITE["']?\s{0,40}(?:value\s{0,4})?[:=]\s{0,4}["']?((?:[a-z0-9]{2,5}\.)?(?:datadoghq\.(?:com|eu)|ddog-gov\.com))\b/;

/** The Datadog sites that files of the repositories name, each once, in the order of the files. */
export async function siteHints(repositories: readonly Repository[], signal: AbortSignal): Promise<SiteHint[]> {
  const hints = new Map<string, SiteHint>();
  for (const repository of repositories) {
    const files = (await repository.listFiles(signal)).filter((path) => TELLING.test(path)).slice(0, MAX_FILES);
    for (const path of files) {
      const site = NAMED.exec((await repository.readFile(path, signal, MAX_BYTES)) ?? '')?.[1];
      if (site !== undefined && !hints.has(site)) hints.set(site, { site, where: path });
    }
  }
  return [...hints.values()];
}
