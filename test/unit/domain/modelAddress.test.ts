import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AppError } from '../../../src/domain/errors';
import { isRemoteModel, modelAddress, modelLabel, ollamaHost, parseModelLabel } from '../../../src/domain/modelAddress';

describe('the name of a model', () => {
  for (const label of ['ollama:llama3.2:3b', 'openai:gpt-4o', 'anthropic:claude-haiku-4-5', 'minimax:MiniMax-M2'])
    it(`is read and written as ${label}`, () => {
      const choice = parseModelLabel(label);
      assert.equal(choice && modelLabel(choice), label);
    });

  it('may be none, or MiniMax alone', () => {
    assert.equal(parseModelLabel('none'), null);
    assert.equal(modelLabel(parseModelLabel('minimax')!), 'minimax:MiniMax-M3');
    assert.equal(modelLabel(parseModelLabel('minimax', 'https://gateway.example')!), 'minimax:MiniMax-M3');
    assert.equal(modelLabel({ provider: 'editor', model: '', baseUrl: null }), 'editor');
  });

  it('is nothing else', () => {
    for (const text of ['', 'ollama', 'ollama:', 'gpt-4o', 'none:x', 'editor:x', 'OLLAMA:x'])
      assert.equal(parseModelLabel(text), undefined, text);
    fc.assert(fc.property(fc.string(), (text) => parseModelLabel(`x${text}`) === undefined));
  });
});

describe('the address of a model', () => {
  it('is the provider’s own unless another one is set', () => {
    assert.equal(modelAddress('ollama', null), 'http://127.0.0.1:11434');
    assert.equal(modelAddress('openai', ''), 'https://api.openai.com/v1');
    assert.equal(modelAddress('anthropic', null), 'https://api.anthropic.com');
  });

  it('is brought into the form of its provider', () => {
    assert.equal(modelAddress('openai', 'http://localhost:1234'), 'http://localhost:1234/v1');
    assert.equal(modelAddress('openai', 'https://a.example/openai/v1/'), 'https://a.example/openai/v1');
    assert.equal(modelAddress('anthropic', 'https://a.example/v1/'), 'https://a.example');
    assert.equal(modelAddress('ollama', 'http://[::1]:11434/'), 'http://[::1]:11434');
  });

  for (const address of [
    'http://gpu.example:11434',
    'http://127.0.0.1.evil.example',
    'ftp://a.example',
    'file:///etc/passwd',
    'https://me:secret@a.example',
    'https://a.example?key=secret',
    'https://a.example#secret',
    'a.example',
    'javascript:alert(1)',
  ])
    it(`is not ${address}, and no secret of it is shown`, () => {
      assert.throws(
        () => modelAddress('openai', address),
        (error) => error instanceof AppError && error.kind === 'configuration' && !error.message.includes('secret'),
      );
    });

  it('never leads elsewhere than to https or this machine, whatever is set', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string()), (text) => {
        try {
          const { protocol, hostname, search, username } = new URL(modelAddress('ollama', text || 'x'));
          assert.ok(protocol === 'https:' || /^(?:localhost|127\.|\[::1\])/.test(hostname));
          assert.equal(search + username, '');
        } catch (error) {
          assert.ok(error instanceof AppError);
        }
      }),
    );
  });

  it('tells whether what is sent leaves this machine', () => {
    const ollama = { provider: 'ollama', model: 'llama3.2:3b', baseUrl: null } as const;
    assert.equal(isRemoteModel(ollama), false);
    assert.equal(isRemoteModel({ ...ollama, baseUrl: 'https://gpu.example' }), true);
    for (const model of ['gpt-oss:120b-cloud', 'kimi-k2.6:cloud']) assert.equal(isRemoteModel({ ...ollama, model }), true);
    assert.equal(isRemoteModel({ provider: 'openai', model: 'x', baseUrl: 'http://localhost:1' }), false);
    assert.equal(isRemoteModel({ provider: 'editor', model: 'x', baseUrl: null }), true);
  });
});

describe('OLLAMA_HOST', () => {
  for (const [variable, address] of [
    [undefined, null],
    ['', null],
    ['127.0.0.1:11500', 'http://127.0.0.1:11500'],
    [':11500', 'http://127.0.0.1:11500'],
    ['0.0.0.0', 'http://127.0.0.1:11434'],
    ['localhost', 'http://localhost:11434'],
    ['https://gpu.example/ollama/', 'https://gpu.example/ollama'],
    ['http://localhost:9', 'http://localhost:9'],
  ] as const)
    it(`of ${variable} means ${address}`, () => {
      assert.equal(ollamaHost(variable), address);
    });
});
