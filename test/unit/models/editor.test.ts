import assert from 'node:assert/strict';
import type { EditorModelRequest } from '../../../src/domain/modelUse';
import { type CompleteWithEditor, createEditorTransport } from '../../../src/models/editor';
import { never, patient, request } from './parts';

const call = { signal: never, patience: patient, onText: () => undefined, onSent: () => undefined, onWasted: () => undefined };

describe('asking a model of VS Code', () => {
  const seen: EditorModelRequest[] = [];
  const answering: CompleteWithEditor = async (asked) => {
    seen.push(asked);
    return { text: '{"cause":"pool"}', model: 'x', tokensIn: 12, tokensOut: null };
  };
  beforeEach(() => seen.splice(0));

  it('puts the system text before the first message, because there are no system messages', async () => {
    await createEditorTransport('id', answering).send(request(), call);
    assert.deepEqual(seen[0]?.messages, [{ role: 'user', content: 'You explain incidents.\n\nWhy is checkout slow?' }]);
    const turns = [
      { role: 'assistant', content: 'a' },
      { role: 'user', content: 'b' },
    ] as const;
    await createEditorTransport('id', answering).send(request({ messages: turns }), call);
    assert.deepEqual(seen[1]?.messages, [{ role: 'user', content: 'You explain incidents.' }, ...turns]);
  });

  it('gives the answer and tells of it', async () => {
    const told: unknown[] = [];
    const answer = await createEditorTransport('id', answering).send(request(), {
      ...call,
      onText: (characters) => told.push(characters),
      onSent: (url) => told.push(url),
    });
    assert.deepEqual(answer, { text: '{"cause":"pool"}', isCut: false, hasThought: false, tokensIn: 12, tokensOut: null });
    assert.deepEqual(told, ['vscode.lm', 16]);
  });

  it('gives up at once when cancelled, on a host that does not listen', async () => {
    const stop = new AbortController();
    const pending = createEditorTransport('id', () => new Promise(() => undefined)).send(request(), { ...call, signal: stop.signal });
    stop.abort(new Error('enough'));
    await assert.rejects(pending, /enough/);
  });

  it('does not take part of an answer for an answer when cancelled meanwhile', async () => {
    const stop = new AbortController();
    const host: CompleteWithEditor = async () => {
      stop.abort(new Error('enough'));
      return { text: '{"cau', model: 'x', tokensIn: null, tokensOut: null };
    };
    await assert.rejects(createEditorTransport('id', host).send(request(), { ...call, signal: stop.signal }), /enough/);
  });

  it('gives up on a host that never answers', async () => {
    const patience = { ...patient, totalMs: 20 };
    const pending = createEditorTransport('id', () => new Promise(() => undefined)).send(request(), { ...call, patience });
    await assert.rejects(pending, { why: 'slow' });
  });
});
