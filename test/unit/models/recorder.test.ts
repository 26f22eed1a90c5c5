import assert from 'node:assert/strict';
import { PromptRecorder } from '../../../src/models/recorder';

const sent = (purpose: string) => ({ at: '2026-01-01T00:00:00.000Z', purpose, model: 'm', url: 'u', body: { purpose } });

describe('the record of what was sent', () => {
  it('is newest first, and learns what came of each', () => {
    const recorder = new PromptRecorder();
    const first = recorder.record(sent('a'));
    recorder.record(sent('b'));
    first({ ms: 5, text: '{}', problem: null });
    assert.deepEqual(
      recorder.last().map(({ purpose, outcome }) => [purpose, outcome?.text ?? null]),
      [
        ['b', null],
        ['a', '{}'],
      ],
    );
  });

  it('forgets the oldest, and does not mind what comes of them', () => {
    const recorder = new PromptRecorder();
    const first = recorder.record(sent('first'));
    for (let at = 0; at < 60; at++) recorder.record(sent(`${at}`));
    first({ ms: 1, text: null, problem: 'late' });
    assert.equal(recorder.last().length, 50);
    assert.ok(recorder.last().every(({ purpose }) => purpose !== 'first'));
  });
});
