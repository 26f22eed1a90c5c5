import assert from 'node:assert/strict';
import { sentFields } from '../../../../src/domain/modelPrivacy';
import type { SentPrompt } from '../../../../src/domain/modelUse';
import { previewText, sentPromptsText } from '../../../../src/ui/models/promptText';

const sent: SentPrompt = {
  at: '2026-11-02T10:00:00.000Z',
  purpose: 'incident_summarizer',
  model: 'ollama:llama3.2:3b',
  url: 'http://127.0.0.1:11434/api/chat',
  body: { model: 'llama3.2:3b', messages: [{ role: 'user', content: 'What?' }] },
  outcome: { ms: 1200, text: '{"sentences": []}', problem: null },
};
const request = {
  name: 'guided_steps',
  system: 'You guide.',
  messages: [{ role: 'user' as const, content: '| data' }],
  schema: { type: 'object' },
  maxOutputTokens: 10,
};

describe('what models were sent, as text', () => {
  it('has for each request where it went, its body exactly, and what came back', () => {
    const text = sentPromptsText([sent, { ...sent, purpose: 'guided_steps', outcome: null }]);
    assert.match(
      text,
      /## incident_summarizer · 2026-11-02T10:00:00\.000Z\n\n`ollama:llama3\.2:3b` · `http:\/\/127\.0\.0\.1:11434\/api\/chat`/,
    );
    const [, body = ''] = /```json\n([\s\S]*?)\n```/.exec(text) ?? [];
    assert.deepEqual(JSON.parse(body), sent.body);
    assert.match(text, /Answered after 1200 ms\.[\s\S]*### Answer\n\n```\n\{"sentences": \[\]\}\n```/);
    assert.ok(text.indexOf('incident_summarizer') < text.indexOf('## guided_steps'));
    assert.match(text, /It is still being answered\./);
  });

  it('says why there is no answer', () => {
    const text = sentPromptsText([{ ...sent, outcome: { ms: 5, text: null, problem: 'No Ollama answers.' } }]);
    assert.match(text, /No Ollama answers\./);
    assert.doesNotMatch(text, /### Answer/);
  });

  it('cannot be broken out of by what a model says', () => {
    const text = sentPromptsText([{ ...sent, outcome: { ms: 5, text: 'a\n````\n# Not ours\n[x](command:y)', problem: null } }]);
    assert.match(text, /\n`````\na\n````\n# Not ours\n\[x\]\(command:y\)\n`````$/);
  });
});

describe('what a model would be sent, as text', () => {
  it('has instructions, data and the form of the answer, and says what is replaced and left out', () => {
    const preview = { isRemote: true, prompts: [request], hidden: { SECRET: 2, EMAIL: 0, IP: 1 } };
    const text = previewText(preview, 'anthropic:claude', ['alert', 'metrics'], ['alert', 'metrics', 'logs']);
    assert.match(text, /Nothing has been sent by this preview\. It is for anthropic:claude\./);
    assert.match(text, /Left out by the setting "aidog\.model\.sendFields": logs and errors\./);
    assert.match(text, /Replaced with placeholders: 2 × SECRET, 1 × IP\./);
    assert.match(text, /## guided_steps\n\n### Instructions\n\n```\nYou guide\.\n```\n\n### user\n\n```\n\| data\n```/);
  });

  it('says that nothing is left out for a model on this machine, or that nothing had to be', () => {
    const local = previewText({ isRemote: false, prompts: [], hidden: { SECRET: 1 } }, 'ollama:a', [], sentFields);
    assert.match(local, /on this machine, so nothing is left out\.[\s\S]*Replaced with placeholders: 1 × SECRET/);
    const all = previewText({ isRemote: true, prompts: [], hidden: {} }, 'x', sentFields, sentFields);
    assert.match(all, /Nothing is left out[\s\S]*No secret, address or personal data was found/);
  });
});
