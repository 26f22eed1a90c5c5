import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PanelSnapshot } from '../../src/protocol/snapshot';
import { goodAnswer } from '../fakes/scriptedModel';
import { extension, tryDemo, until } from './extension';

interface Asked {
  readonly messages: readonly vscode.LanguageModelChatRequestMessage[];
  readonly options: vscode.ProvideLanguageModelChatResponseOptions;
  readonly progress: vscode.Progress<vscode.LanguageModelResponsePart>;
  readonly token: vscode.CancellationToken;
}

interface Script {
  answer(asked: Asked): Promise<void>;
}

const scripted = async (): Promise<Script> => {
  const found = vscode.extensions.getExtension<Script>('aidog-tests.model-provider');
  assert.ok(found, 'the extension with the scripted model is not there');
  return found.activate();
};

const use = (provider: string) =>
  vscode.workspace.getConfiguration().update('aidog.model.provider', provider, vscode.ConfigurationTarget.Global);

/** The answer that a good model gives to an agent, which is named by the only tool. */
function answerTo({ options: { tools = [] } }: Asked): object {
  const [tool] = tools;
  const request = { name: tool?.name ?? '', system: '', messages: [], schema: tool?.inputSchema as never, maxOutputTokens: 0 };
  const answer = goodAnswer(request);
  return (typeof answer === 'string' ? JSON.parse(answer) : answer) as object;
}

const callTool = (asked: Asked) =>
  asked.progress.report(new vscode.LanguageModelToolCallPart('1', asked.options.tools?.[0]?.name ?? '', answerTo(asked)));

const agents = ({ found }: PanelSnapshot) =>
  (found.trace ?? []).flatMap(({ agent, call }) => (agent.startsWith('agents.') && call ? [{ agent, ...call }] : []));

/** All that a model must not change. */
const settled = ({ found: { verdict, rootCauseCommit, hypotheses = [], culprits } }: PanelSnapshot) => ({
  verdict,
  rootCauseCommit,
  culprits,
  hypotheses: hypotheses.map(({ explanation: _, ...rest }) => rest),
});

describe('a language model of VS Code', () => {
  let script: Script;

  before(async () => {
    script = await scripted();
    await extension().activate();
  });
  afterEach(() => use('none'));

  it('is offered to whoever asks for models', async () => {
    const models = await until('the scripted model', async () => {
      const found = await vscode.lm.selectChatModels({ vendor: 'aidog-tests' });
      return found.length > 0 ? found : null;
    });
    assert.deepEqual(
      models.map(({ id }) => id),
      ['scripted'],
    );
  });

  it('words the demo incident through one tool, and changes nothing that code decided', async () => {
    const alone = await tryDemo('throwing-path');
    const seen: Asked[] = [];
    script.answer = async (asked) => {
      seen.push(asked);
      callTool(asked);
    };
    await use('editor');
    const worded = await tryDemo('throwing-path');
    assert.equal(worded.status, 'done', worded.problem ?? '');
    assert.deepEqual(settled(worded), settled(alone));
    assert.ok(agents(worded).length >= 4);
    for (const { agent, answeredBy, model, why } of agents(worded)) {
      assert.ok(['model', 'coerced', 'repaired'].includes(answeredBy), `${agent}: ${answeredBy}, ${why}`);
      assert.match(model ?? '', /^editor/);
    }
    assert.notEqual(worded.found.summary, alone.found.summary);
    assert.ok(seen.every(({ options }) => options.tools?.length === 1 && options.toolMode === vscode.LanguageModelChatToolMode.Required));
    assert.ok((worded.found.usage?.spending?.requests ?? 0) >= seen.length);
  });

  it('may answer with fenced text instead of calling the tool', async () => {
    script.answer = async (asked) => {
      const text = `Here it is:\n\`\`\`json\n${JSON.stringify(answerTo(asked))}\n\`\`\``;
      for (const part of text.match(/[\s\S]{1,40}/g) ?? []) asked.progress.report(new vscode.LanguageModelTextPart(part));
    };
    await use('editor');
    const worded = await tryDemo('throwing-path');
    assert.ok(agents(worded).every(({ answeredBy }) => answeredBy !== 'fallback'));
  });

  it('that never answers is left within two seconds when the investigation is cancelled', async () => {
    const asked = Promise.withResolvers<Asked>();
    script.answer = (request) => {
      asked.resolve(request);
      return new Promise(() => undefined);
    };
    await use('editor');
    const running = tryDemo('throwing-path');
    const { token } = await asked.promise;
    const startMs = performance.now();
    await vscode.commands.executeCommand('aidog.cancel');
    const { status, found } = await running;
    assert.equal(status, 'cancelled');
    assert.ok(performance.now() - startMs < 2000);
    assert.ok(found.verdict !== undefined, 'what code had found is kept');
    await until('the provider to be told', () => (token.isCancellationRequested ? true : null));
  });

  it('leaves the exact request for "Show Last Prompt"', async () => {
    script.answer = async (asked) => callTool(asked);
    await use('editor');
    await tryDemo('throwing-path');
    await vscode.commands.executeCommand('aidog.showLastPrompt');
    const isPrompt = ({ document }: vscode.TextEditor) => document.uri.scheme === 'aidog-prompt';
    const { document } = await until('the prompt', () => vscode.window.visibleTextEditors.find(isPrompt) ?? null);
    assert.match(document.getText(), /vscode\.lm/);
    assert.match(document.getText(), /"tool": "\w+"/);
  });

  // Last, because a model that failed is left alone for a while.
  it('that throws leaves the answers to code, with the reason in the trace', async () => {
    script.answer = async () => {
      throw vscode.LanguageModelError.Blocked('too many requests');
    };
    await use('editor');
    const told = await tryDemo('throwing-path');
    assert.equal(told.status, 'done');
    assert.ok(agents(told).every(({ answeredBy }) => answeredBy === 'fallback'));
    assert.match(agents(told)[0]?.why ?? '', /limiting|failed/);
  });
});
