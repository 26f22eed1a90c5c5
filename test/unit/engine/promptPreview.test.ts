import assert from 'node:assert/strict';
import { defaultModelPrivacy } from '../../../src/domain/modelPrivacy';
import { createCases } from '../../../src/engine/promptPreview';
import { caseFile, fact } from '../../fakes/agentCase';

const clock = { nowMs: () => 0 };
const live = () => new AbortController().signal;
const secret = 'password=hunter2-canary-99';

function opened() {
  const file = caseFile();
  const evidence = [...file.evidence, fact('E90', `The log says ${secret} from ops@shop.example`, { kind: 'logs' })];
  return { file: { ...file, evidence }, steps: [], recommendations: [] };
}

describe('the preview of what models are sent', () => {
  it('has a request for each agent, with secrets replaced, and says how many', async () => {
    const cases = createCases();
    cases.keeperOf('r1')(opened());
    const { prompts, hidden } = await cases.preview('r1', { isRemote: true, clock }, live());
    assert.ok(prompts.length >= 4);
    assert.ok(prompts.some(({ name }) => name === 'incident_summarizer'));
    assert.doesNotMatch(JSON.stringify(prompts), /hunter2|ops@shop/);
    assert.ok((hidden.SECRET ?? 0) >= 1 && (hidden.EMAIL ?? 0) >= 1);
    assert.ok(prompts.every(({ system }) => system.length > 100));
  });

  it('leaves out what may not be sent', async () => {
    const cases = createCases();
    cases.keeperOf('r1')(opened());
    const privacy = { ...defaultModelPrivacy, fields: ['alert'] as const };
    const { prompts } = await cases.preview('r1', { isRemote: true, privacy, clock }, live());
    const text = JSON.stringify(prompts.map(({ messages }) => messages));
    assert.match(text, /## Incident/);
    assert.doesNotMatch(text, /## Hypotheses|## Planned|E90/);
    const whole = await cases.preview('r1', { isRemote: false, privacy, clock }, live());
    assert.match(JSON.stringify(whole.prompts), /## Hypotheses/);
  });

  it('is there for the newest investigation only', async () => {
    const cases = createCases();
    await assert.rejects(cases.preview('r1', { isRemote: true, clock }, live()), {
      kind: 'not_found',
      message: /Run the investigation again/,
    });
    cases.keeperOf('r1')(opened());
    cases.keeperOf('r2')(opened());
    await assert.rejects(cases.preview('r1', { isRemote: true, clock }, live()), { kind: 'not_found' });
  });
});
