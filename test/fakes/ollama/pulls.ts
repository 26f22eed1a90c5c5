import type { ServerResponse } from 'node:http';
import { digestOf, type Library } from './library';

/** Progress as Ollama streams it; what was fetched before a failure is not fetched again. */
export function sendPull(response: ServerResponse, library: Library, name: string, onStuck: () => void): void {
  const write = (status: object) => response.write(`${JSON.stringify(status)}\n`);
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  write({ status: 'pulling manifest' });
  const model = library.pullable(name);
  if (!model) return void response.end(`${JSON.stringify({ error: 'pull model manifest: file does not exist' })}\n`);
  const fails = model.failsAfterParts !== undefined && library.failsNow(name);
  for (const [index, total] of model.parts.entries()) {
    const digest = digestOf(`${name}-${index}`);
    const status = `pulling ${digest.slice(7, 19)}`;
    if (index < (library.fetched.get(name) ?? 0)) {
      write({ status, digest, total, completed: total });
      continue;
    }
    if (fails && index === model.failsAfterParts) {
      return void response.end(`${JSON.stringify({ error: 'max retries exceeded: connection reset by peer' })}\n`);
    }
    write({ status, digest, total });
    write({ status, digest, total, completed: Math.floor(total / 2) });
    if (index === model.hangsAfterParts) return onStuck();
    write({ status, digest, total, completed: total });
    library.fetched.set(name, index + 1);
  }
  for (const status of ['verifying sha256 digest', 'writing manifest', 'success']) write({ status });
  library.add({ name, sizeBytes: model.parts.reduce((sum, size) => sum + size, 0) });
  response.end();
}
