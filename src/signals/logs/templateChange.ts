import { formatCount, formatNumber } from '../../domain/format';
import { TemplateMiner } from './templateMiner';

/** How often a template occurs in a quiet stretch and during an incident. */
export interface TemplateChange {
  readonly template: string;
  readonly example: string;
  readonly before: number;
  readonly during: number;
  readonly isNew: boolean;
}

export type FrequencyChange = 'new' | 'bursting' | 'vanished' | 'known';

export interface JudgedFrequency {
  readonly change: FrequencyChange;
  /** Log-likelihood ratio, at least 0; above 10.8 chance explains it once in a thousand times. */
  readonly evidence: number;
}

/** Chi-squared with one degree of freedom: p < 0.01. Below, it may be chance. */
const TELLING = 6.63;
const BURST_RATIO = 3;
const LEAST_BURST = 3;

/**
 * Compares two Poisson rates by their log-likelihood ratio (Dunning, Computational Linguistics 1993). `weight` is the length of the
 * incident over the length of the quiet stretch. What is seen once or twice is `new` where it never was, but hardly evidence.
 */
export function judgeFrequency(before: number, during: number, weight: number): JudgedFrequency {
  const share = weight / (1 + weight);
  const total = before + during;
  const expected = total * share;
  const part = (count: number, usual: number) => (count > 0 && usual > 0 ? count * Math.log(count / usual) : 0);
  const evidence = Math.max(0, 2 * (part(during, expected) + part(before, total - expected)));
  const usual = before * weight;
  if (before === 0) return { change: during > 0 ? 'new' : 'known', evidence };
  if (during >= LEAST_BURST && during > BURST_RATIO * usual && evidence >= TELLING) return { change: 'bursting', evidence };
  if (during === 0 && evidence >= TELLING) return { change: 'vanished', evidence };
  return { change: 'known', evidence };
}

/** Says a change in words: `new: 12 messages, none before`. */
export function changeReason({ change }: JudgedFrequency, before: number, during: number, weight: number): string {
  const usual = before * weight;
  const said = usual < 10 ? formatNumber(Math.round(usual * 10) / 10) : formatCount(Math.round(usual));
  if (change === 'new') return `new: seen ${formatCount(during)} times, never in the quiet stretch`;
  if (change === 'bursting') return `bursting: seen ${formatCount(during)} times where about ${said} are usual`;
  if (change === 'vanished') return `vanished: not seen, where about ${said} are usual`;
  return `as usual: seen ${formatCount(during)} times`;
}

/**
 * Templates that are new or burst, the most frequent first; `weight` as in {@link judgeFrequency}.
 */
export function burstingTemplates(before: readonly string[], during: readonly string[], weight: number): readonly TemplateChange[] {
  return changedTemplates(before, during, weight)
    .filter(({ change }) => change === 'new' || change === 'bursting')
    .map(({ template, example, before: usual, during: count, change }) => ({
      template,
      example,
      before: usual,
      during: count,
      isNew: change === 'new',
    }));
}

export interface ChangedTemplate extends Omit<TemplateChange, 'isNew'>, JudgedFrequency {
  /** The places of its messages in `during`. */
  readonly places: readonly number[];
}

/** All templates of both stretches with how their frequency changed, the most frequent of the incident first. */
export function changedTemplates(before: readonly string[], during: readonly string[], weight: number): readonly ChangedTemplate[] {
  const miner = new TemplateMiner();
  // The incident comes first, so that the examples are its messages.
  const loud = during.map((message) => miner.add(message));
  const quiet = before.map((message) => miner.add(message));
  const { templates, templateOf } = miner.finish();
  const usual = new Array<number>(templates.length).fill(0);
  for (const id of quiet) usual[templateOf(id)] = (usual[templateOf(id)] ?? 0) + 1;
  const places: number[][] = templates.map(() => []);
  for (const [at, id] of loud.entries()) places[templateOf(id)]?.push(at);
  return templates
    .map(({ template, example }, id) => {
      const count = places[id]?.length ?? 0;
      const seen = usual[id] ?? 0;
      return { template, example, before: seen, during: count, places: places[id] ?? [], ...judgeFrequency(seen, count, weight) };
    })
    .sort((a, b) => b.during - a.during);
}
