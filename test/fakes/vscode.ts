import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DecorationRangeBehavior, Diagnostic, DiagnosticSeverity, FakeDiagnostics, Hover, MarkdownString } from './vscodeEditor';
import {
  type FakeModel,
  LanguageModelChatMessage,
  LanguageModelChatToolMode,
  LanguageModelError,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
} from './vscodeModels';
import {
  FakeDocument,
  FakeEditor,
  FakePanel,
  FakeQuickPick,
  FakeStatusBarItem,
  type FakeTask,
  FakeTreeView,
  nothingToDispose,
} from './vscodeParts';
import {
  CancellationTokenSource,
  CodeLens,
  ConfigurationTarget,
  Disposable,
  DocumentLink,
  EventEmitter,
  Position,
  ProgressLocation,
  QuickPickItemKind,
  Range,
  ShellExecution,
  StatusBarAlignment,
  SymbolKind,
  TabInputWebview,
  Task,
  TaskPanelKind,
  TaskRevealKind,
  TaskScope,
  TextEditorRevealType,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  ViewColumn,
} from './vscodeValues';

/** What the window and its user did and said; a test sets it up and looks at it. */
function freshState() {
  return {
    config: new Map<string, unknown>(),
    contexts: new Map<string, unknown>(),
    commands: new Map<string, (...args: unknown[]) => unknown>(),
    executed: [] as unknown[][],
    messages: [] as { kind: 'error' | 'info' | 'warning'; text: string; items: string[]; detail?: string }[],
    /** Answers the next message, input or pick; undefined dismisses. */
    answers: [] as unknown[],
    inputs: [] as { password?: boolean; value?: string; validateInput?: (value: string) => unknown }[],
    picks: [] as { label: string }[][],
    quickPicks: [] as FakeQuickPick[],
    /** What was reported while work was shown as under way, and how to cancel it. */
    progress: [] as unknown[],
    progressTokens: [] as CancellationTokenSource[],
    /** What `vscode.lm` offers. */
    models: [] as FakeModel[],
    panels: [] as FakePanel[],
    editors: [] as FakeEditor[],
    statusBarItems: [] as FakeStatusBarItem[],
    statusMessages: [] as string[],
    treeViews: [] as FakeTreeView[],
    logLines: [] as string[],
    opened: [] as string[],
    clipboard: '',
    /** Files that are on no disk, by path. */
    files: new Map<string, string>(),
    symbols: (_uri: Uri): unknown => [],
    definitions: (_uri: Uri, _position: Position): unknown => [],
    hoverProviders: [] as unknown[],
    diagnostics: [] as FakeDiagnostics[],
    tasks: [] as FakeTask[],
    /** Runs a task; the test fires its end. */
    runTask: async (task: FakeTask): Promise<unknown> => ({ task }),
    session: async (_provider: string): Promise<{ accessToken: string }> => {
      throw new Error('Nobody is signed in.');
    },
    providers: new Map<string, { provideTextDocumentContent(uri: Uri): unknown }>(),
    serializers: new Map<string, { deserializeWebviewPanel(panel: unknown, state: unknown): Promise<void> }>(),
    lensProviders: [] as unknown[],
    linkProviders: [] as unknown[],
    terminalLinkProviders: [] as unknown[],
    uriHandlers: [] as { handleUri(uri: Uri): Promise<void> }[],
    /** What is selected in the terminal. */
    terminalSelection: '',
    events: {
      configuration: new EventEmitter<{ affectsConfiguration(section: string): boolean }>(),
      documentChange: new EventEmitter<unknown>(),
      documentClose: new EventEmitter<unknown>(),
      documentOpen: new EventEmitter<unknown>(),
      windowState: new EventEmitter<unknown>(),
      visibleEditors: new EventEmitter<unknown>(),
      activeEditor: new EventEmitter<unknown>(),
      documentSave: new EventEmitter<unknown>(),
      taskProcessEnd: new EventEmitter<{ execution: unknown; exitCode?: number }>(),
      taskEnd: new EventEmitter<{ execution: unknown }>(),
      theme: new EventEmitter<unknown>(),
      terminalClose: new EventEmitter<unknown>(),
      filesCreate: new EventEmitter<{ files: readonly Uri[] }>(),
      filesDelete: new EventEmitter<{ files: readonly Uri[] }>(),
      filesRename: new EventEmitter<{ files: readonly { oldUri: Uri; newUri: Uri }[] }>(),
    },
  };
}

export const fake = { ...freshState(), reset };

function reset(): void {
  Object.assign(fake, freshState());
  Object.assign(workspace, { isTrusted: true, workspaceFolders: undefined, textDocuments: [] });
  Object.assign(window, { visibleTextEditors: [], tabGroups: { all: [] }, state: { focused: true }, activeTextEditor: undefined });
}

/** Changes settings as a person would. */
export function changeSettings(values: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(values)) fake.config.set(key, value);
  fake.events.configuration.fire({ affectsConfiguration: (section) => Object.keys(values).some((key) => key.startsWith(section)) });
}

const say =
  (kind: 'error' | 'info' | 'warning') =>
  async (text: string, ...items: (string | { modal?: boolean; detail?: string })[]) => {
    const [first] = items;
    const detail = typeof first === 'object' ? first.detail : undefined;
    fake.messages.push({
      kind,
      text,
      items: items.filter((item) => typeof item === 'string'),
      ...(detail === undefined ? {} : { detail }),
    });
    return fake.answers.shift();
  };

export const window = {
  visibleTextEditors: [] as unknown[],
  tabGroups: { all: [] as unknown[] },
  state: { focused: true },
  activeTextEditor: undefined as unknown,
  showErrorMessage: say('error'),
  showInformationMessage: say('info'),
  showWarningMessage: say('warning'),
  showInputBox: async (options: { password?: boolean; value?: string; validateInput?: (value: string) => unknown }) => {
    fake.inputs.push(options);
    return fake.answers.shift();
  },
  async showQuickPick(items: { label: string }[] | Promise<{ label: string }[]>) {
    const rows = [...(await items)];
    fake.picks.push(rows);
    const answer = fake.answers.shift();
    return rows.find(({ label }) => label === answer);
  },
  createQuickPick() {
    const pick = new FakeQuickPick();
    fake.quickPicks.push(pick);
    return pick;
  },
  createWebviewPanel(viewType: string, title: string) {
    const panel = new FakePanel(viewType, title);
    fake.panels.push(panel);
    return panel;
  },
  createStatusBarItem() {
    const item = new FakeStatusBarItem();
    fake.statusBarItems.push(item);
    return item;
  },
  createTreeView(_: string, { treeDataProvider }: { treeDataProvider: unknown }) {
    const view = new FakeTreeView(treeDataProvider);
    fake.treeViews.push(view);
    return view;
  },
  createOutputChannel: () => ({
    info: (line: string) => void fake.logLines.push(line),
    error: (line: string) => void fake.logLines.push(line),
    show: () => void fake.executed.push(['showLog']),
    dispose: () => undefined,
  }),
  createTextEditorDecorationType: nothingToDispose,
  async showTextDocument(document: FakeDocument, options: { selection?: Range; viewColumn?: number }) {
    const editor = new FakeEditor(document, options);
    fake.editors.push(editor);
    return editor;
  },
  async showOpenDialog() {
    return fake.answers.shift();
  },
  async showSaveDialog() {
    return fake.answers.shift();
  },
  registerTerminalLinkProvider(provider: unknown) {
    fake.terminalLinkProviders.push(provider);
    return nothingToDispose();
  },
  registerUriHandler(handler: { handleUri(uri: Uri): Promise<void> }) {
    fake.uriHandlers.push(handler);
    return nothingToDispose();
  },
  onDidCloseTerminal: (listener: (terminal: unknown) => unknown) => fake.events.terminalClose.event(listener),
  setStatusBarMessage: (text: string) => void fake.statusMessages.push(text),
  withProgress(_: unknown, work: (progress: unknown, token: unknown) => unknown) {
    const source = new CancellationTokenSource();
    fake.progressTokens.push(source);
    return work({ report: (step: unknown) => void fake.progress.push(step) }, source.token);
  },
  registerWebviewPanelSerializer(viewType: string, serializer: { deserializeWebviewPanel(panel: unknown, state: unknown): Promise<void> }) {
    fake.serializers.set(viewType, serializer);
    return nothingToDispose();
  },
  onDidChangeWindowState: (listener: (state: unknown) => unknown) => fake.events.windowState.event(listener),
  onDidChangeVisibleTextEditors: (listener: (editors: unknown) => unknown) => fake.events.visibleEditors.event(listener),
  onDidChangeActiveTextEditor: (listener: (editor: unknown) => unknown) => fake.events.activeEditor.event(listener),
  onDidChangeActiveColorTheme: (listener: (theme: unknown) => unknown) => fake.events.theme.event(listener),
};

export const workspace = {
  isTrusted: true,
  workspaceFolders: undefined as { uri: Uri }[] | undefined,
  textDocuments: [] as unknown[],
  fs: {
    async writeFile(uri: Uri, bytes: Uint8Array): Promise<void> {
      await mkdir(dirname(uri.fsPath), { recursive: true });
      await writeFile(uri.fsPath, bytes);
    },
    async readFile(uri: Uri): Promise<Uint8Array> {
      const text = fake.files.get(uri.fsPath);
      return text === undefined ? readFile(uri.fsPath) : Buffer.from(text);
    },
    async readDirectory(uri: Uri): Promise<[string, number][]> {
      return (await readdir(uri.fsPath)).map((name) => [name, 1]);
    },
    async delete(uri: Uri): Promise<void> {
      await rm(uri.fsPath);
    },
  },
  getConfiguration: () => ({
    get: (key: string, fallback?: unknown) => (fake.config.has(key) ? fake.config.get(key) : fallback),
    update: async (key: string, value: unknown, target: number) => {
      fake.executed.push(['updateSetting', key, value, target]);
      changeSettings({ [key]: value });
    },
  }),
  async openTextDocument(uri: Uri | { language: string; content: string }) {
    if (!(uri instanceof Uri)) {
      const untitled = new FakeDocument(Uri.from({ scheme: 'untitled', path: 'Untitled-1' }), uri.content);
      untitled.languageId = uri.language;
      return untitled;
    }
    const text =
      uri.scheme === 'file' ? fake.files.get(uri.fsPath) : String(await fake.providers.get(uri.scheme)?.provideTextDocumentContent(uri));
    return new FakeDocument(uri, text);
  },
  registerTextDocumentContentProvider(scheme: string, provider: { provideTextDocumentContent(uri: Uri): unknown }) {
    fake.providers.set(scheme, provider);
    return nothingToDispose();
  },
  onDidChangeConfiguration: (listener: (event: { affectsConfiguration(section: string): boolean }) => unknown) =>
    fake.events.configuration.event(listener),
  onDidChangeTextDocument: (listener: (event: unknown) => unknown) => fake.events.documentChange.event(listener),
  onDidSaveTextDocument: (listener: (event: unknown) => unknown) => fake.events.documentSave.event(listener),
  onDidOpenTextDocument: (listener: (event: unknown) => unknown) => fake.events.documentOpen.event(listener),
  onDidCreateFiles: (listener: (event: { files: readonly Uri[] }) => unknown) => fake.events.filesCreate.event(listener),
  onDidDeleteFiles: (listener: (event: { files: readonly Uri[] }) => unknown) => fake.events.filesDelete.event(listener),
  onDidRenameFiles: (listener: (event: { files: readonly { oldUri: Uri; newUri: Uri }[] }) => unknown) =>
    fake.events.filesRename.event(listener),
  onDidCloseTextDocument: (listener: (event: unknown) => unknown) => fake.events.documentClose.event(listener),
};

export const commands = {
  registerCommand(id: string, handler: (...args: unknown[]) => unknown) {
    fake.commands.set(id, handler);
    return new Disposable(() => void fake.commands.delete(id));
  },
  async executeCommand(id: string, ...args: unknown[]): Promise<unknown> {
    if (id === 'setContext') return fake.contexts.set(args[0] as string, args[1]);
    if (id === 'vscode.executeDocumentSymbolProvider') return fake.symbols(args[0] as Uri);
    if (id === 'vscode.executeDefinitionProvider') return fake.definitions(args[0] as Uri, args[1] as Position);
    if (id === 'workbench.action.terminal.copySelection') fake.clipboard = fake.terminalSelection;
    fake.executed.push([id, ...args]);
    return fake.commands.get(id)?.(...args);
  },
};

export const tasks = {
  async executeTask(task: FakeTask) {
    fake.tasks.push(task);
    return fake.runTask(task);
  },
  onDidEndTaskProcess: (listener: (event: { execution: unknown; exitCode?: number }) => unknown) =>
    fake.events.taskProcessEnd.event(listener),
  onDidEndTask: (listener: (event: { execution: unknown }) => unknown) => fake.events.taskEnd.event(listener),
};

export const authentication = {
  getSession: async (provider: string, scopes: string[], options: unknown) => {
    fake.executed.push(['getSession', provider, scopes, options]);
    return fake.session(provider);
  },
};

export const env = {
  language: 'en',
  clipboard: {
    readText: async () => fake.clipboard,
    writeText: async (text: string) => {
      fake.clipboard = text;
    },
  },
  openExternal: async (uri: Uri) => fake.opened.push(uri.toString()) > 0,
};

export const lm = {
  selectChatModels: async ({ id }: { id?: string }) => fake.models.filter((model) => id === undefined || model.id === id),
};

export const languages = {
  registerCodeLensProvider(_: unknown, provider: unknown) {
    fake.lensProviders.push(provider);
    return nothingToDispose();
  },
  registerDocumentLinkProvider(_: unknown, provider: unknown) {
    fake.linkProviders.push(provider);
    return nothingToDispose();
  },
  registerHoverProvider(_: unknown, provider: unknown) {
    fake.hoverProviders.push(provider);
    return nothingToDispose();
  },
  createDiagnosticCollection() {
    const collection = new FakeDiagnostics();
    fake.diagnostics.push(collection);
    return collection;
  },
  async setTextDocumentLanguage(document: FakeDocument, language: string) {
    document.languageId = language;
    return document;
  },
};

export const l10n = {
  t: (text: string, ...values: unknown[]) => text.replace(/\{(\d+)\}/gu, (_, index: string) => String(values[Number(index)])),
};

export {
  CancellationTokenSource,
  CodeLens,
  ConfigurationTarget,
  DecorationRangeBehavior,
  Diagnostic,
  DiagnosticSeverity,
  Disposable,
  DocumentLink,
  EventEmitter,
  Hover,
  LanguageModelChatMessage,
  LanguageModelChatToolMode,
  LanguageModelError,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
  MarkdownString,
  Position,
  ProgressLocation,
  QuickPickItemKind,
  Range,
  ShellExecution,
  StatusBarAlignment,
  SymbolKind,
  TabInputWebview,
  Task,
  TaskPanelKind,
  TaskRevealKind,
  TaskScope,
  TextEditorRevealType,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  ViewColumn,
};
