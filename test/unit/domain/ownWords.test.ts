import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ownWords } from '../../../src/domain/ownWords';

describe('ownWords', () => {
  it('leave out what a log line quotes, whatever the marks', () => {
    for (const quoted of ['"OOMKilled"', "'disk full'", '`no space left`', '“noisy neighbor”', '«quota exceeded»', '‘failover’'])
      assert.doesNotMatch(ownWords(`slow search for ${quoted} by user 12`), /\w(?=\w*["'`”»’])/, quoted);
    assert.equal(ownWords('slow search for "hardware failure" by user 12'), 'slow search for "" by user 12');
  });

  it('keep the message of a structured line, but not what that quotes', () => {
    for (const line of ['level=error msg="certificate has expired"', '{"level":"error","message":"certificate has expired"}'])
      assert.match(ownWords(line), /certificate has expired/);
    assert.doesNotMatch(ownWords('{"message":"bad search \\"hardware failure\\" by user 12"}'), /hardware/);
    assert.doesNotMatch(ownWords('{"level":"warn","query":"hardware failure"}'), /hardware/);
    assert.doesNotMatch(ownWords('slow, search for "hardware failure": 3 s'), /hardware/);
  });

  it('keep what an exception says, names of hosts and paths, and a line that is nothing but a quotation', () => {
    for (const line of [
      'KeyError: "DB_URL"',
      "Error: 'no space left'",
      'Get "https://api.bank.example/": EOF',
      '"no space left on device"',
    ])
      assert.equal(ownWords(line), line);
  });

  it('take no apostrophe for a mark', () => {
    const line = "pod didn't match the node's affinity, and couldn't be placed";
    assert.equal(ownWords(line), line);
  });

  it('never grow a text, and end on any', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', "'", '`', '“', '”', '\\', 'a', ' ', ':'), maxLength: 400 }),
        (text) => ownWords(text).length <= text.length,
      ),
    );
  });
});
