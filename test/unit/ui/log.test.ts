import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createLog, createRedactor } from '../../../src/ui/log';

function open() {
  const lines: string[] = [];
  const redactor = createRedactor();
  return { lines, redactor, log: createLog({ info: (line) => lines.push(line), error: (line) => lines.push(String(line)) }, redactor) };
}

describe('the log', () => {
  it('never shows a secret, wherever it stands', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-z]{32}$/), fc.string(), fc.string(), (secret, before, after) => {
        const { lines, redactor, log } = open();
        redactor.hide(secret);
        log.info(`${before}${secret}${after}`);
        log.error(`failed ${secret}`, new Error(`no ${secret}`, { cause: new Error(`${secret}${secret}`) }));
        log.error('odd', secret);
        assert.equal(lines.length, 3);
        assert.ok(!lines.join('\n').includes(secret));
      }),
    );
  });

  it('keeps the whole chain of causes', () => {
    const { lines, log } = open();
    log.error('It broke.', new Error('outer', { cause: new Error('inner', { cause: 'root' }) }));
    assert.match(lines[0]!, /^It broke\.\n.*outer[\s\S]*Caused by: .*inner[\s\S]*Caused by: root$/);
  });

  it('does not take a short word for a secret', () => {
    const { lines, redactor, log } = open();
    redactor.hide('a');
    log.info('a cat');
    assert.deepEqual(lines, ['a cat']);
  });
});
