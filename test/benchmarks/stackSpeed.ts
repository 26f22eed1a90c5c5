import { parseStackTraces } from '../../src/code/frames/parseStack';
import { javascriptParsers, timeParsers } from './javascriptParsers';
import { type Measurement, median } from './measurement';
import { adversarialTexts, javascriptTexts, textsByLanguage } from './stackTexts';

const ADVERSARIAL_BYTES = 5 * 1024 * 1024;
const FRAMES_A_TRACE = 40;

/** How fast stack traces are read: by language, beside the two packages for JavaScript, and at worst. */
export function measureStackParsing(): Measurement[] {
  return [...javascriptBesideOthers(), ...eachLanguage(), worstText()];
}

function javascriptBesideOthers(): Measurement[] {
  const { texts, frames } = javascriptTexts(200);
  const [ours = Number.NaN, ...others] = timeParsers(texts).map((ms) => (frames / ms) * 1000);
  return javascriptParsers.slice(1).map(({ name }, at) => ({
    name: `stack frames read, JavaScript, beside ${name}`,
    value: ours,
    unit: 'frames/s',
    limit: { at: 'least', value: 20_000 },
    baseline: { name, value: others[at] ?? Number.NaN },
  }));
}

function eachLanguage(): Measurement[] {
  return Object.entries(textsByLanguage(FRAMES_A_TRACE)).map(([language, text]) => {
    const parser = {
      name: language,
      frames: (each: string) => parseStackTraces(each).flatMap(({ exceptions }) => exceptions.flatMap((exception) => exception.frames)),
    };
    const [ms = Number.NaN] = timeParsers([text], [parser]);
    const frames = parser.frames(text).length;
    return { name: `stack frames read, ${language}`, value: (frames / ms) * 1000, unit: 'frames/s', limit: { at: 'least', value: 20_000 } };
  });
}

function worstText(): Measurement {
  let worst = { name: '', ms: 0 };
  for (const [name, text] of Object.entries(adversarialTexts(ADVERSARIAL_BYTES))) {
    const times = [1, 2, 3].map(() => {
      const startMs = performance.now();
      parseStackTraces(text);
      return performance.now() - startMs;
    });
    if (median(times) > worst.ms) worst = { name, ms: median(times) };
  }
  return { name: `5 MB of ${worst.name}, the slowest to read`, value: worst.ms, unit: 'ms', limit: { at: 'most', value: 1000 } };
}
