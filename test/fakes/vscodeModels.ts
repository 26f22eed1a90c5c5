/** The language models of VS Code, as far as AIDog uses them. */

export class LanguageModelTextPart {
  constructor(readonly value: string) {}
}

export class LanguageModelToolCallPart {
  constructor(
    readonly callId: string,
    readonly name: string,
    readonly input: object,
  ) {}
}

export const LanguageModelChatToolMode = { Auto: 1, Required: 2 } as const;

export const LanguageModelChatMessage = {
  User: (content: string) => ({ role: 1, content }),
  Assistant: (content: string) => ({ role: 2, content }),
};

/** As VS Code throws it: `name` stays `Error`, and `code` says what it is. */
export class LanguageModelError extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

export interface FakeModelRequest {
  readonly messages: readonly { readonly role: number; readonly content: string }[];
  readonly options: { readonly tools: readonly { readonly name: string; readonly inputSchema: unknown }[]; readonly toolMode: number };
  readonly token: { readonly isCancellationRequested: boolean; onCancellationRequested(listener: () => void): unknown };
}

/** A model whose parts come from the test, as an iterable or a failure. */
export class FakeModel {
  readonly vendor = 'test';
  readonly asked: FakeModelRequest[] = [];
  constructor(
    readonly id: string,
    readonly name: string,
    private readonly answer: (request: FakeModelRequest) => AsyncIterable<unknown> | Iterable<unknown>,
  ) {}

  async sendRequest(messages: FakeModelRequest['messages'], options: FakeModelRequest['options'], token: FakeModelRequest['token']) {
    const request = { messages, options, token };
    this.asked.push(request);
    return { stream: this.answer(request) };
  }
}
