import type { Range, Uri } from './vscodeValues';

/** What the extension shows beside and above code. Each keeps what it was given. */
export class MarkdownString {
  isTrusted: boolean | { readonly enabledCommands: readonly string[] } = false;
  supportHtml = false;
  constructor(readonly value: string) {}
}

export class Hover {
  constructor(
    readonly contents: MarkdownString,
    readonly range: Range,
  ) {}
}

export class Diagnostic {
  source = '';
  code: { readonly value: string; readonly target: Uri } | undefined;
  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: number,
  ) {}
}

export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 } as const;
export const DecorationRangeBehavior = { OpenOpen: 0, ClosedClosed: 1, OpenClosed: 2, ClosedOpen: 3 } as const;

export class FakeDiagnostics {
  readonly #byFile = new Map<string, readonly Diagnostic[]>();
  isDisposed = false;
  set(uri: Uri, diagnostics: readonly Diagnostic[]): void {
    this.#byFile.set(uri.fsPath, diagnostics);
  }
  has(uri: Uri): boolean {
    return this.#byFile.has(uri.fsPath);
  }
  get(uri: Uri): readonly Diagnostic[] {
    return this.#byFile.get(uri.fsPath) ?? [];
  }
  delete(uri: Uri): void {
    this.#byFile.delete(uri.fsPath);
  }
  dispose(): void {
    this.isDisposed = true;
  }
}
