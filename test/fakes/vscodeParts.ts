import { readFileSync, writeFileSync } from 'node:fs';
import { Disposable, EventEmitter, Position, Range, type Task, type Uri } from './vscodeValues';

export type FakeTask = Task;

/** A text document: what is on disk, or what was typed since. */
export class FakeDocument {
  isDirty = false;
  version = 1;
  languageId = 'plaintext';
  #text: string;
  constructor(
    readonly uri: Uri,
    text?: string,
  ) {
    this.#text = text ?? readFileSync(uri.fsPath, 'utf8');
  }
  get lineCount(): number {
    return this.#text.split('\n').length;
  }
  getText(range?: Range): string {
    return range === undefined ? this.#text : this.#text.slice(this.offsetAt(range.start), this.offsetAt(range.end));
  }
  offsetAt({ line, character }: Position): number {
    const before = this.#text.split('\n').slice(0, line);
    return before.reduce((sum, text) => sum + text.length + 1, 0) + character;
  }
  positionAt(offset: number): Position {
    const before = this.#text.slice(0, offset).split('\n');
    return new Position(before.length - 1, before.at(-1)?.length ?? 0);
  }
  lineAt(line: number) {
    const text = this.#text.split('\n')[line];
    if (text === undefined) throw new Error(`Illegal value for line ${line}`);
    return { text, range: new Range(line, 0, line, text.length) };
  }
  type(text: string): void {
    this.#text = text;
    this.isDirty = true;
    this.version += 1;
  }
  async save(): Promise<boolean> {
    writeFileSync(this.uri.fsPath, this.#text);
    this.isDirty = false;
    return true;
  }
}

export class FakeEditor {
  readonly decorations: unknown[][] = [];
  revealed: unknown = null;
  constructor(
    readonly document: FakeDocument,
    readonly options: { readonly selection?: Range; readonly viewColumn?: number },
  ) {}
  get viewColumn(): number | undefined {
    return this.options.viewColumn;
  }
  setDecorations(_: unknown, ranges: unknown[]): void {
    this.decorations.push(ranges);
  }
  revealRange(range: unknown): void {
    this.revealed = range;
  }
}

export class FakeStatusBarItem {
  name = '';
  text = '';
  tooltip = '';
  command: unknown = null;
  accessibilityInformation: unknown = null;
  isVisible = false;
  isDisposed = false;
  show(): void {
    this.isVisible = true;
  }
  hide(): void {
    this.isVisible = false;
  }
  dispose(): void {
    this.isDisposed = true;
  }
}

export class FakeTreeView {
  readonly #visibility = new EventEmitter<{ visible: boolean }>();
  badge: { value: number; tooltip: string } | undefined;
  message: string | undefined;
  visible = false;
  isDisposed = false;
  selection: readonly unknown[] = [];
  readonly revealed: unknown[] = [];
  readonly onDidChangeVisibility = this.#visibility.event;
  constructor(readonly provider: unknown) {}
  async reveal(node: unknown): Promise<void> {
    this.revealed.push(node);
    this.selection = [node];
  }
  setVisible(visible: boolean): void {
    this.visible = visible;
    this.#visibility.fire({ visible });
  }
  dispose(): void {
    this.isDisposed = true;
  }
}

/** A quick pick that a test drives: rows are looked at, one is accepted, or it is closed. */
export class FakeQuickPick {
  readonly #accepted = new EventEmitter<void>();
  readonly #hidden = new EventEmitter<void>();
  readonly #button = new EventEmitter<unknown>();
  readonly #itemButton = new EventEmitter<unknown>();
  title = '';
  placeholder = '';
  busy = false;
  matchOnDescription = false;
  items: readonly { readonly label: string; readonly description?: string; readonly detail?: string }[] = [];
  buttons: readonly unknown[] = [];
  selectedItems: readonly unknown[] = [];
  isVisible = false;
  readonly onDidAccept = this.#accepted.event;
  readonly onDidHide = this.#hidden.event;
  readonly onDidTriggerButton = this.#button.event;
  readonly onDidTriggerItemButton = this.#itemButton.event;
  show(): void {
    this.isVisible = true;
  }
  hide(): void {
    this.isVisible = false;
    this.#hidden.fire();
  }
  accept(label: string): void {
    this.selectedItems = this.items.filter((item) => item.label === label);
    this.#accepted.fire();
  }
  press(at = 0): void {
    this.#button.fire(this.buttons[at]);
  }
  pressOn(label: string): void {
    this.#itemButton.fire({ item: this.items.find((item) => item.label === label) });
  }
  dispose(): void {
    this.isVisible = false;
  }
}

/** A webview panel; `sent` is what its page would get, `receive` what its page says. */
export class FakePanel {
  readonly #received = new EventEmitter<unknown>();
  readonly #viewState = new EventEmitter<void>();
  readonly #disposed = new EventEmitter<void>();
  readonly sent: unknown[] = [];
  readonly revealed: unknown[][] = [];
  readonly webview = {
    html: '',
    options: {} as unknown,
    cspSource: 'https://webview.example',
    asWebviewUri: (uri: Uri) => uri,
    postMessage: async (message: unknown) => {
      this.sent.push(message);
      return true;
    },
    onDidReceiveMessage: this.#received.event,
  };
  visible = true;
  viewColumn = 2;
  iconPath: unknown = null;
  isDisposed = false;
  readonly onDidChangeViewState = this.#viewState.event;
  readonly onDidDispose = this.#disposed.event;
  constructor(
    readonly viewType: string,
    public title: string,
  ) {}
  receive(message: unknown): void {
    this.#received.fire(message);
  }
  setVisible(visible: boolean): void {
    this.visible = visible;
    this.#viewState.fire();
  }
  reveal(...place: unknown[]): void {
    this.revealed.push(place);
  }
  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.#disposed.fire();
  }
}

/** SecretStorage and Memento in one: text by key, with VS Code's change event. */
export class FakeStore {
  readonly #changed = new EventEmitter<{ key: string }>();
  readonly values = new Map<string, unknown>();
  readonly onDidChange = this.#changed.event;
  get = (key: string): unknown => this.values.get(key);
  store = async (key: string, value: string) => this.#set(key, value);
  update = async (key: string, value: unknown) => this.#set(key, value);
  delete = async (key: string) => this.#set(key, undefined);
  #set(key: string, value: unknown): void {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, value);
    this.#changed.fire({ key });
  }
}

export const nothingToDispose = () => new Disposable(() => undefined);
