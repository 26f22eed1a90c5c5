import assert from 'node:assert/strict';
import { createFrameMapper } from '../../../../src/code/mapping';
import type { RunningCommits } from '../../../../src/investigation/code/deployed';
import { placeLogStatements } from '../../../../src/investigation/code/logStatements';
import { findings, template } from '../../../fakes/findings';
import { createRun } from '../../../fakes/gathered';
import { createMemoryRepository } from '../../code/memoryRepository';

const { signal } = new AbortController();
const running: RunningCommits = { ofService: async () => null, ofSpan: async () => null };
const text = [
  'export function settle(order) {',
  "  log.warn('Settling ' + order.id);",
  '  log.error(`The acquirer kept order $' + '{order.id} waiting for too long`);',
  '}',
].join('\n');

async function placed(message: string) {
  const run = createRun({}, []);
  const evidence = run.evidence.add({ kind: 'logs', source: 'datadog', query: 'q', window: null, summary: 's', value: null, link: null });
  const found = template(message);
  const templates = [{ ...found, evidence, change: { ...found.change, example: message } }];
  const mapper = createFrameMapper([createMemoryRepository({ now: { 'shop/settle.js': text } })]);
  await placeLogStatements(findings({ templates }), mapper, running, run, signal);
  return run.evidence.all().find(({ id }) => id === evidence)?.stack;
}

describe('log statements among the evidence', () => {
  it('lead to the line that writes the message', async () => {
    const [written] = (await placed('The acquirer kept order 4711 waiting for too long')) ?? [];
    assert.equal(written?.type, 'Written at');
    assert.deepEqual(
      written.frames.map(({ file, line, workspace }) => [file, line, workspace?.path]),
      [['shop/settle.js', 3, 'shop/settle.js']],
    );
  });

  it('have no place when no text of the code is like the message', async () => {
    assert.equal(await placed('connection reset by peer'), undefined);
  });
});
