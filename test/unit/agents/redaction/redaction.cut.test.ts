import assert from 'node:assert/strict';
import { type PromptSection, promptText } from '../../../../src/agents/promptText';
import { createRedactor } from '../../../../src/agents/redaction/redaction';
import { SECRETS } from '../../../fixtures/canaryRecording';

const section = (line: string): PromptSection => ({ title: 'Evidence', isData: true, maxCharacters: 4000, lines: [line] });
const told = (line: string) => {
  const { redact } = createRedactor({ personalData: true, ipAddresses: true });
  return promptText([section(line)], redact);
};
const pieces = (secret: string) => Array.from({ length: secret.length - 7 }, (_, from) => secret.slice(from, from + 8));

describe('a secret at the end of a line that is cut', () => {
  for (const [text, secret] of SECRETS) {
    it(`stays away wherever the prompt cuts the line: ${text.slice(0, 12)}`, () => {
      for (let padding = 230; padding < 330; padding += 3) {
        const said = told(`${'w'.repeat(padding)} ${text} and more words to come`);
        assert.ok(!pieces(secret).some((piece) => said.includes(piece)), said);
      }
    });

    it(`stays away where it was cut before it came here: ${text.slice(0, 12)}`, () => {
      const start = text.indexOf(secret);
      for (let length = start + 8; length <= start + secret.length; length++)
        for (const end of ['', '…', '" 20 times', '… (12 more characters)']) {
          const said = told(`"${text.slice(0, length)}${end}`);
          assert.ok(!pieces(secret).some((piece) => said.includes(piece)), said);
        }
    });

    it(`stays away where characters without a shape stand in it: ${text.slice(0, 12)}`, () => {
      const hidden = text.replaceAll(/[a-zA-Z0-9]{6}/g, '$&\u200b');
      assert.ok(!pieces(secret).some((piece) => told(hidden).includes(piece)), told(hidden));
    });
  }

  it('is told from ports, names of packages, and words with the same letters', () => {
    for (const text of [
      'https://db.example:5432/shop',
      'http://[::1]:8080/x',
      'npm_config_registry',
      'sk-learn',
      'AKIA is a prefix',
      'redis://cache:6379',
    ])
      assert.match(told(text), new RegExp(text.replace(/[[\]().]/g, '\\$&')));
  });
});
