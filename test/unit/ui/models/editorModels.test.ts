import assert from 'node:assert/strict';
import type { EditorModelRequest } from '../../../../src/domain/modelUse';
import { completeWithEditor, listEditorModels } from '../../../../src/ui/models/editorModels';
import * as vscode from '../../../fakes/vscode';
import {
  FakeModel,
  type FakeModelRequest,
  LanguageModelError,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
} from '../../../fakes/vscodeModels';

const { fake } = vscode;
const request: EditorModelRequest = {
  model: '',
  tool: 'incident_summarizer',
  messages: [
    { role: 'user', content: 'What happened?' },
    { role: 'assistant', content: '{}' },
    { role: 'user', content: 'Again.' },
  ],
  schema: { type: 'object' },
  maxOutputTokens: 100,
};
const live = () => new AbortController().signal;
const complete = (changes: Partial<EditorModelRequest> = {}, signal = live(), access?: { canSendRequest(): boolean | undefined }) =>
  completeWithEditor({ ...request, ...changes }, access, signal);

function offer(answer: (asked: FakeModelRequest) => AsyncIterable<unknown> | Iterable<unknown>, id = 'gpt'): FakeModel {
  const model = new FakeModel(id, `Model ${id}`, answer);
  fake.models.push(model);
  return model;
}

function* failing(error: unknown): Generator<unknown> {
  yield new LanguageModelTextPart('{"half');
  throw error;
}

const named = (name: string) => Object.assign(new Error('no'), { name });

describe('a model of VS Code', () => {
  beforeEach(() => fake.reset());

  it('answers by calling the one tool that it has to call', async () => {
    const model = offer(() => [new LanguageModelTextPart('Let me see. '), new LanguageModelToolCallPart('1', request.tool, { a: [1] })]);
    assert.deepEqual(await complete(), { text: '{"a":[1]}', model: 'gpt', tokensIn: null, tokensOut: null });
    const [{ messages, options }] = model.asked as [FakeModelRequest];
    assert.deepEqual(
      messages.map(({ role }) => role),
      [1, 2, 1],
    );
    assert.deepEqual(
      [options.tools.map(({ name, inputSchema }) => [name, inputSchema]), options.toolMode],
      [[[request.tool, request.schema]], 2],
    );
  });

  it('may answer with text, which is handed on as it is', async () => {
    offer(() => ['```json\n', '{}', '\n```'].map((text) => new LanguageModelTextPart(text)));
    assert.equal((await complete()).text, '```json\n{}\n```');
  });

  it('is the one that was asked for, else the first', async () => {
    offer(() => [new LanguageModelTextPart('first')], 'a');
    offer(() => [new LanguageModelTextPart('second')], 'b');
    assert.deepEqual([(await complete()).model, (await complete({ model: 'b' })).model], ['a', 'b']);
    await assert.rejects(complete({ model: 'gone' }), { kind: 'not_found', message: /offers no model gone now.*Choose Language Model/ });
  });

  it('is missing where nobody offers one, and in editors without language models', async () => {
    await assert.rejects(complete(), { kind: 'configuration', message: /offers no language models/ });
    const { lm } = vscode;
    Object.assign(lm, { selectChatModels: undefined });
    try {
      assert.deepEqual(await listEditorModels(), []);
      await assert.rejects(complete(), { kind: 'configuration' });
    } finally {
      Object.assign(lm, {
        selectChatModels: async ({ id }: { id?: string }) => fake.models.filter((one) => id === undefined || one.id === id),
      });
    }
  });

  it('is not asked when the person has said no to VS Code', async () => {
    const model = offer(() => []);
    await assert.rejects(complete({}, live(), { canSendRequest: () => false }), { kind: 'forbidden', message: /may not use Model gpt/ });
    assert.equal(model.asked.length, 0);
    offer(() => [new LanguageModelTextPart('{}')]);
    assert.equal((await complete({}, live(), { canSendRequest: () => undefined })).text, '');
  });

  for (const [what, error, kind, message] of [
    ['blocks AIDog', new LanguageModelError('blocked', 'Blocked'), 'rate_limited', /is limiting the requests/],
    ['limits', named('ChatRateLimited'), 'rate_limited', /is limiting the requests/],
    ['has no quota left', named('ChatQuotaExceeded'), 'rate_limited', /quota of Model gpt is used up/],
    ['wants permission', new LanguageModelError('no', 'NoPermissions'), 'forbidden', /may not use/],
    ['is gone', new LanguageModelError('no', 'NotFound'), 'not_found', /offers no model/],
    ['fails', new Error('upstream\nerror'), 'server', /failed while it answered: upstream error\./],
    ['throws what is no error', 'nonsense', 'server', /nonsense/],
  ] as const) {
    it(`that ${what} in the middle of its answer ends with a sentence that says what to do`, async () => {
      offer(() => failing(error));
      await assert.rejects(complete(), { kind, message });
    });
  }

  it('that takes no notice of being cancelled is left at once, and told', async () => {
    const controller = new AbortController();
    const model = offer(async function* () {
      await new Promise(() => undefined);
      yield null;
    });
    const asked = complete({}, controller.signal);
    await new Promise(setImmediate);
    controller.abort();
    await assert.rejects(asked, { kind: 'cancelled' });
    assert.equal(model.asked[0]?.token.isCancellationRequested, true);
  });

  it('whose stream ends early because it was cancelled has given no answer', async () => {
    const controller = new AbortController();
    offer(function* () {
      yield new LanguageModelTextPart('{"half":');
      controller.abort();
    });
    await assert.rejects(complete({}, controller.signal), { kind: 'cancelled' });
    await assert.rejects(complete({}, AbortSignal.abort()), { kind: 'cancelled' });
  });

  it('that talks without end is stopped', async () => {
    offer(function* () {
      for (;;) yield new LanguageModelTextPart('x'.repeat(1000));
    });
    await assert.rejects(complete(), { kind: 'bad_answer', message: /far more than was asked for/ });
  });

  it('is listed by its id, with name and vendor', async () => {
    offer(() => [], 'copilot-gpt');
    assert.deepEqual(await listEditorModels(), [{ name: 'copilot-gpt', description: 'Model copilot-gpt (test)', sizeBytes: null }]);
  });
});
