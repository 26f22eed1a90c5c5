/** Offers one language model to VS Code, whose answers are written by the test that runs in the same extension host. */
const vscode = require('vscode');

const script = { answer: async () => undefined };

exports.activate = (context) => {
  const model = {
    id: 'scripted',
    name: 'Scripted',
    family: 'scripted',
    version: '1',
    maxInputTokens: 100_000,
    maxOutputTokens: 10_000,
    capabilities: { toolCalling: true },
  };
  const provider = {
    provideLanguageModelChatInformation: async () => [model],
    provideLanguageModelChatResponse: (_, messages, options, progress, token) => script.answer({ messages, options, progress, token }),
    provideTokenCount: async (_, text) => String(text).length / 4,
  };
  context.subscriptions.push(vscode.lm.registerLanguageModelChatProvider('aidog-tests', provider));
  return script;
};
