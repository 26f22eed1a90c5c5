import type { InvestigationEvent } from '../domain/investigation';
import { oneLine } from '../domain/plainText';
import type { Output } from './world';

const MARKS = { waiting: ' ', running: '…', done: '✓', failed: '✗', cancelled: '–' } as const;

/** Tells of stages as they end, for a person who waits at a terminal; a file or a pipe is told nothing. */
export function createProgress(output: Output): (event: InvestigationEvent) => void {
  return (event) => {
    if (!output.isTTY || event.kind !== 'stage' || event.status === 'waiting' || event.status === 'running') return;
    output.write(`${MARKS[event.status]} ${event.stage.padEnd(10)} ${oneLine(event.note, 200)}\n`);
  };
}
