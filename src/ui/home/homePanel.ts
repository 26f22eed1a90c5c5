import * as vscode from 'vscode';
import { Owner } from '../../domain/disposal';
import type { Log } from '../../domain/ports';
import { type Channel, openChannel } from '../../protocol/channel';
import { type HomeSnapshot, type homeContract, homeHostContract } from '../../protocol/homeApi';
import type { Handlers } from '../../protocol/message';
import { createCoalescer } from '../coalesce';
import { panelHtml } from '../panelHtml';

export const homeViewType = 'aidog.home';

/** Snapshots are sent at most this often while a survey runs. */
const snapshotIntervalMs = 100;

export type HomeHandlers = Omit<Handlers<typeof homeHostContract>['commands'], 'ready'>;

export interface HomePanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly snapshot: () => HomeSnapshot;
  readonly handlers: HomeHandlers;
  readonly log: Log;
}

/** Home: one panel a window, built when first shown, rebuilt after it was closed. */
export class HomePanel implements vscode.Disposable {
  readonly #visibility = new vscode.EventEmitter<boolean>();
  #open: { readonly webviewPanel: vscode.WebviewPanel; update(): void } | null = null;

  /** Fires when the page comes into view and when it leaves it. */
  readonly onDidChangeVisibility = this.#visibility.event;

  constructor(private readonly options: HomePanelOptions) {}

  get isVisible(): boolean {
    return this.#open?.webviewPanel.visible ?? false;
  }

  show(): void {
    if (this.#open) this.#open.webviewPanel.reveal();
    else this.adopt(vscode.window.createWebviewPanel(homeViewType, 'AIDog', vscode.ViewColumn.Active, this.webviewOptions));
  }

  /** Takes over a panel, new or restored by VS Code after a reload. */
  adopt(webviewPanel: vscode.WebviewPanel): void {
    this.#open?.webviewPanel.dispose();
    const opened = openPage(webviewPanel, this.options, this.webviewOptions, {
      changed: () => this.#visibility.fire(this.isVisible),
      closed: () => {
        if (this.#open === opened) this.#open = null;
        this.#visibility.fire(this.isVisible);
      },
    });
    this.#open = opened;
    this.#visibility.fire(this.isVisible);
  }

  /** The snapshot has changed; the page, if any, will soon show it. */
  update(): void {
    this.#open?.update();
  }

  dispose(): void {
    this.#open?.webviewPanel.dispose();
    this.#visibility.dispose();
  }

  private get webviewOptions(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(this.options.extensionUri, 'dist')] };
  }
}

interface PageEvents {
  readonly changed: () => void;
  readonly closed: () => void;
}

/** One webview with its end of the channel. The page is a function of the last snapshot that it was sent. */
function openPage(
  webviewPanel: vscode.WebviewPanel,
  { extensionUri, handlers, log, snapshot }: HomePanelOptions,
  webviewOptions: vscode.WebviewOptions,
  events: PageEvents,
) {
  const owner = new Owner();
  const { own } = owner;
  const { webview } = webviewPanel;
  const icon = (name: string) => vscode.Uri.joinPath(extensionUri, 'media', name);
  const sending = own(createCoalescer(snapshotIntervalMs, () => webviewPanel.visible && channel.notify('snapshot', snapshot())));
  webview.options = webviewOptions;
  webviewPanel.iconPath = { light: icon('panel-light.svg'), dark: icon('panel-dark.svg') };
  webviewPanel.title = vscode.l10n.t('AIDog: Home');
  const channel: Channel<typeof homeContract> = own(
    openChannel<typeof homeHostContract, typeof homeContract>({
      transport: {
        post: (message) => void webview.postMessage(message),
        listen: (receive) => webview.onDidReceiveMessage(receive),
      },
      inbound: homeHostContract,
      handlers: { requests: {}, commands: { ...handlers, ready: () => sending.flush() }, notifications: {} },
      onProblem: (message, cause) => log.error(message, cause),
    }),
  );
  own(
    webviewPanel.onDidChangeViewState(() => {
      sending.flush();
      events.changed();
    }),
  );
  own(vscode.window.onDidChangeActiveColorTheme(() => sending.flush()));
  webviewPanel.onDidDispose(() => {
    owner.dispose();
    events.closed();
  });
  webview.html = panelHtml(webview, vscode.Uri.joinPath(extensionUri, 'dist'), vscode.env.language, 'home');
  return { webviewPanel, update: () => sending.request() };
}
