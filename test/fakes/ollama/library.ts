import type { ServerResponse } from 'node:http';
import { sendJson } from '../scriptedServer';
import { DEFAULT_MODEL, type OllamaScript, type PullableModel, type ScriptedModel } from './script';

/** The models that the server has, and those that it can fetch. */
export class Library {
  readonly #models: ScriptedModel[];
  readonly #pullable: readonly PullableModel[];
  /** Parts that were fetched before a pull failed, by model. */
  readonly fetched = new Map<string, number>();
  readonly #failed = new Set<string>();

  constructor({ models = [DEFAULT_MODEL], pullable = [] }: OllamaScript) {
    this.#models = [...models];
    this.#pullable = pullable;
  }

  /** As Ollama finds it: without a tag it is `latest`. */
  find(name: string): ScriptedModel | undefined {
    return this.#models.find((model) => model.name === name || model.name === `${name}:latest`);
  }

  can({ capabilities }: ScriptedModel, what: string): boolean {
    return capabilities?.includes(what) ?? false;
  }

  pullable(name: string): PullableModel | undefined {
    return this.#pullable.find((model) => model.name === name);
  }

  /** Whether the pull fails this time: the first one does where the script says so. */
  failsNow(name: string): boolean {
    if (this.#failed.has(name)) return false;
    this.#failed.add(name);
    return true;
  }

  add(model: ScriptedModel): void {
    if (!this.find(model.name)) this.#models.push(model);
  }

  tags(): unknown[] {
    return this.#models.map((model) => ({
      name: model.name,
      model: model.name,
      modified_at: '2026-06-01T08:00:00.000000000Z',
      size: model.sizeBytes ?? 1_000_000,
      digest: digestOf(model.name),
      details: detailsOf(model),
    }));
  }

  show(response: ServerResponse, name: string): void {
    const model = this.find(name);
    if (!model) return sendJson(response, { error: `model '${name}' not found` }, 404);
    const family = model.family ?? 'llama';
    return sendJson(response, {
      modelfile: `FROM ${name}`,
      parameters: '',
      template: '{{ .Prompt }}',
      details: detailsOf(model),
      model_info: { 'general.architecture': family, [`${family}.context_length`]: model.contextTokens ?? 131_072 },
      capabilities: model.capabilities ?? ['completion', 'tools'],
      modified_at: '2026-06-01T08:00:00.000000000Z',
    });
  }

  /** Vectors that depend on the words of a text only: texts with words in common are closer. */
  embed(response: ServerResponse, { model: name, input }: Record<string, unknown>): void {
    const model = this.find(String(name));
    if (!model) return sendJson(response, { error: `model "${name}" not found, try pulling it first` }, 404);
    const texts = Array.isArray(input) ? input.map(String) : [String(input)];
    return sendJson(response, { model: name, embeddings: texts.map(vectorOf), total_duration: 1, load_duration: 1, prompt_eval_count: 1 });
  }

  remove(response: ServerResponse, name: string): void {
    const at = this.#models.findIndex((model) => model.name === name);
    if (at < 0) return sendJson(response, { error: `model '${name}' not found` }, 404);
    this.#models.splice(at, 1);
    response.writeHead(200).end();
  }
}

export function digestOf(name: string): string {
  return `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64)}`;
}

function detailsOf({ family = 'llama', parameters = '1B', quantization = 'Q4_0' }: ScriptedModel): unknown {
  return { parent_model: '', format: 'gguf', family, families: [family], parameter_size: parameters, quantization_level: quantization };
}

const DIMENSIONS = 32;

function vectorOf(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0);
  for (const word of text.toLowerCase().match(/\w+/g) ?? []) {
    const hash = [...word].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7);
    vector[hash % DIMENSIONS]! += 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
