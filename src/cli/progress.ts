import type { InvestigationEvent } from '../domain/investigation';
import type { ModelChoice } from '../domain/languageModel';
import { modelLabel } from '../domain/modelAddress';
import { oneLine } from '../domain/plainText';
import type { Output } from './world';

const MARKS = { waiting: ' ', running: '…', done: '✓', failed: '✗', cancelled: '–' } as const;

/**
 * Tells of stages as they end, for a person who waits at a terminal; a file or a pipe is told nothing. Where a language model is
 * asked, also that it is waited for, that the report is there without it, and who wrote each text in what time.
 */
export function createProgress(output: Output, model: ModelChoice | null): (event: InvestigationEvent) => void {
  let isWaiting = false;
  const wait = () => {
    if (isWaiting || model === null) return;
    isWaiting = true;
    output.write(`… waiting for ${oneLine(modelLabel(model), 100)} to word the report; Ctrl-C prints it in AIDog's own words\n`);
  };
  return (event) => {
    if (!output.isTTY) return;
    if (event.kind === 'trace') return tellAnswer(event.entry, model !== null, output);
    if (event.kind !== 'stage' || event.status === 'waiting') return;
    if (event.status !== 'running') output.write(`${MARKS[event.status]} ${event.stage.padEnd(10)} ${oneLine(event.note, 200)}\n`);
    else if (event.stage === 'guide') wait();
  };
}

type Entry = Extract<InvestigationEvent, { kind: 'trace' }>['entry'];

function tellAnswer({ agent, ok, ms, call }: Entry, hasModel: boolean, output: Output): void {
  if (!hasModel || !call || !agent.startsWith('agents.')) return;
  const who = call.answeredBy === 'fallback' ? `AIDog's own words: ${call.why ?? ''}` : `worded by ${call.model}`;
  output.write(`  ${ok ? '✓' : '–'} ${agent.slice('agents.'.length).padEnd(22)} ${Math.round(ms / 1000)} s  ${oneLine(who, 160)}\n`);
}
