import { posix } from 'node:path';

type Listener<T> = (value: T) => unknown;

/** The value types of VS Code's API, as far as the extension builds them. Each keeps what it was given. */
export class Disposable {
  constructor(private readonly onDispose: () => void) {}
  static from(...items: { dispose(): void }[]): Disposable {
    return new Disposable(() => {
      for (const item of items) item.dispose();
    });
  }
  dispose(): void {
    this.onDispose();
  }
}

export class EventEmitter<T> {
  readonly #listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>) => {
    this.#listeners.add(listener);
    return new Disposable(() => void this.#listeners.delete(listener));
  };
  get listenerCount(): number {
    return this.#listeners.size;
  }
  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export class Uri {
  private constructor(
    readonly scheme: string,
    readonly authority: string,
    readonly path: string,
    readonly query = '',
    readonly fragment = '',
  ) {}
  static file(path: string): Uri {
    return new Uri('file', '', path);
  }
  static from({ scheme, path, authority = '' }: { scheme: string; path: string; authority?: string }): Uri {
    return new Uri(scheme, authority, path);
  }
  static parse(text: string): Uri {
    const { protocol, host, pathname, search, hash } = new URL(text);
    return new Uri(protocol.slice(0, -1), host, pathname, search.slice(1), hash.slice(1));
  }
  static joinPath(base: Uri, ...names: string[]): Uri {
    return new Uri(base.scheme, base.authority, posix.join(base.path, ...names));
  }
  get fsPath(): string {
    return this.path;
  }
  with({ fragment }: { fragment: string }): Uri {
    return new Uri(this.scheme, this.authority, this.path, this.query, fragment);
  }
  toString(): string {
    return `${this.scheme}://${this.authority}${this.path}${this.query && `?${this.query}`}${this.fragment && `#${this.fragment}`}`;
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  /** Four numbers, or two positions. */
  constructor(startLine: number | Position, startCharacter: number | Position, endLine = 0, endCharacter = 0) {
    const isPair = startLine instanceof Position && startCharacter instanceof Position;
    this.start = isPair ? startLine : new Position(Number(startLine), Number(startCharacter));
    this.end = isPair ? startCharacter : new Position(endLine, endCharacter);
  }
  get isEmpty(): boolean {
    return this.isSingleLine && this.start.character === this.end.character;
  }
  get isSingleLine(): boolean {
    return this.start.line === this.end.line;
  }
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class ThemeIcon {
  static readonly File = new ThemeIcon('file');
  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class TreeItem {
  constructor(
    readonly label: string,
    readonly collapsibleState = 0,
  ) {}
}

export class CodeLens {
  constructor(
    readonly range: Range,
    readonly command: { title: string; tooltip?: string; command: string; arguments?: unknown[] },
  ) {}
}

export class ShellExecution {
  constructor(
    readonly commandLine: string,
    readonly options: { readonly cwd?: string },
  ) {}
}

export class Task {
  presentationOptions: unknown = null;
  constructor(
    readonly definition: unknown,
    readonly scope: unknown,
    readonly name: string,
    readonly source: string,
    readonly execution: ShellExecution,
  ) {}
}

export class DocumentLink {
  constructor(
    readonly range: Range,
    public target?: Uri,
  ) {}
}

export class TabInputWebview {
  constructor(readonly viewType: string) {}
}

export class CancellationTokenSource {
  readonly #cancelled = new EventEmitter<void>();
  readonly token = { isCancellationRequested: false, onCancellationRequested: this.#cancelled.event };
  cancel(): void {
    this.token.isCancellationRequested = true;
    this.#cancelled.fire();
  }
  dispose(): void {
    this.#cancelled.dispose();
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 } as const;
export const SymbolKind = { Class: 4, Method: 5, Property: 6, Field: 7, Constructor: 8, Function: 11, Variable: 12, Constant: 13 } as const;
export const StatusBarAlignment = { Left: 1, Right: 2 } as const;
export const TaskScope = { Global: 1, Workspace: 2 } as const;
export const TaskRevealKind = { Always: 1 } as const;
export const TaskPanelKind = { Dedicated: 2 } as const;
export const ViewColumn = { Beside: -2, Active: -1, One: 1, Two: 2 } as const;
export const TextEditorRevealType = { InCenter: 1 } as const;
export const ProgressLocation = { Notification: 15 } as const;
export const QuickPickItemKind = { Separator: -1, Default: 0 } as const;
export const ConfigurationTarget = { Global: 1, Workspace: 2 } as const;
