import assert from 'node:assert/strict';
import { parseStackTraces } from '../../../../src/code/frames/parseStack';

const trace = (at: number) => `Error: number ${at}\n    at f${at} (/srv/app/a.js:${at + 1}:2)\n`;
const other = (at: number) => `thread 'main' panicked at src/b.rs:${at + 1}:2:\nnumber ${at}\n`;

describe('the limits of reading stack traces', () => {
  it('read every trace of a text that a person may have', () => {
    const traces = parseStackTraces(Array.from({ length: 3_000 }, (_, at) => trace(at)).join('\n'));
    assert.equal(traces.length, 3_000);
    assert.equal(traces.at(-1)?.exceptions[0]?.message, 'number 2999');
  });

  it('leave out what follows many thousands of traces of changing languages', () => {
    const text = Array.from({ length: 15_000 }, (_, at) => trace(at) + other(at)).join('\n');
    const traces = parseStackTraces(text);
    assert.ok(traces.length >= 20_000 && traces.length < 30_000, `${traces.length} traces`);
    assert.equal(traces[0]?.exceptions[0]?.message, 'number 0');
  });
});
