import { confidenceWord, formatPercent } from '../../src/domain/format';
import type { Tone } from '../words';
import { Bar } from './Bar';

const tones: Readonly<Record<ReturnType<typeof confidenceWord>, Tone>> = { low: 'neutral', medium: 'warn', high: 'info' };

/** `86 % high` with a bar. */
export function Confidence({ value }: { readonly value: number }) {
  const word = confidenceWord(value);
  return (
    <span className="confidence" title={`Confidence ${formatPercent(value)}, computed from the evidence`}>
      <span className="unseen">Confidence </span>
      <strong>{formatPercent(value)}</strong> <span className="confidence-word">{word}</span>
      <Bar share={value} tone={tones[word]} />
    </span>
  );
}
