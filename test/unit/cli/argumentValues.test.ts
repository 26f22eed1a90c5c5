import assert from 'node:assert/strict';
import { finiteNumber, understood, webAddress, wholeNumber } from '../../../src/cli/argumentValues';

describe('values of options', () => {
  it('are whole numbers within their bounds', () => {
    assert.equal(wholeNumber('--port', '8126', 0, 65_535), 8126);
    for (const text of ['', '-1', '1.5', '65536', '1e3', 'x', ' 1'])
      assert.throws(() => wholeNumber('--port', text, 0, 65_535), {
        kind: 'bad_input',
        message: /--port takes a whole number from 0 to 65535/,
      });
  });

  it('are numbers', () => {
    assert.equal(finiteNumber('--threshold', '-1.5e2'), -150);
    for (const text of ['', ' ', 'x', 'Infinity', '1,5'])
      assert.throws(() => finiteNumber('--threshold', text), /--threshold takes a number/);
  });

  it('are addresses of the web', () => {
    assert.equal(webAddress('http://127.0.0.1:8126'), 'http://127.0.0.1:8126');
    for (const text of ['', 'example', 'ftp://a', 'javascript:1']) assert.throws(() => webAddress(text), /http or https address/);
  });

  it('say what the parser said, in a sentence', () => {
    const unknown = () => {
      throw new TypeError("Unknown option '--nope'. To specify a positional argument, …");
    };
    assert.throws(() => understood(unknown), { kind: 'bad_input', message: /Bad arguments: unknown option '--nope'\. See/ });
    assert.equal(
      understood(() => 7),
      7,
    );
  });
});
