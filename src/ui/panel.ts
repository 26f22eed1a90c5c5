import * as vscode from 'vscode';
import { Owner } from '../domain/disposal';
import type { Log } from '../domain/ports';
import { type Channel, openChannel } from '../protocol/channel';
import type { Handlers } from '../protocol/message';
import { type PanelTab, type panelContract, panelHostContract } from '../protocol/panelApi';
import type { PanelSnapshot } from '../protocol/snapshot';
import { createCoalescer } from './coalesce';
import { panelHtml } from './panelHtml';
import { forTitle } from './plainText';

export const panelViewType = 'aidog.investigation';

/** Snapshots are sent at most this often while an investigation runs. */
const snapshotIntervalMs = 100;

export interface PanelOptions {
  readonly extensionUri: vscode.Uri;
  /** What to show now; null before anything was investigated. */
  readonly snapshot: () => PanelSnapshot | null;
  readonly handlers: Omit<Handlers<typeof panelHostContract>['commands'], 'ready'>;
  readonly log: Log;
  /** The page is no longer in view; it says anew what it needs when it is back. */
  readonly onHidden?: () => void;
}

/** The investigation panel: one a window, built when first shown, rebuilt after it was closed. */
export class Panel implements vscode.Disposable {
  #open: OpenPanel | null = null;

  constructor(private readonly options: PanelOptions) {}

  /** Shows the panel; without `preserveFocus` it takes the focus. */
  show(preserveFocus = false): void {
    if (this.#open) this.#open.webviewPanel.reveal(undefined, preserveFocus);
    else {
      const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus };
      this.adopt(vscode.window.createWebviewPanel(panelViewType, 'AIDog', place, this.webviewOptions));
    }
  }

  /** Takes over a panel, new or restored by VS Code after a reload. */
  adopt(webviewPanel: vscode.WebviewPanel): void {
    this.#open?.webviewPanel.dispose();
    const opened = new OpenPanel(webviewPanel, this.options, this.webviewOptions, () => {
      if (this.#open === opened) this.#open = null;
    });
    this.#open = opened;
  }

  /** The snapshot has changed; the panel, if any, will soon show it. */
  update(): void {
    this.#open?.update();
  }

  /** Brings a tab, and an item on it, into view as soon as the page is ready. */
  reveal(tab: PanelTab, id: string | null): void {
    this.#open?.reveal(tab, id);
  }

  dispose(): void {
    this.#open?.webviewPanel.dispose();
  }

  private get webviewOptions(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(this.options.extensionUri, 'dist')] };
  }
}

/** One webview with its end of the channel. The page is a function of the last snapshot that it was sent. */
class OpenPanel {
  readonly #owner = new Owner();
  readonly #channel: Channel<typeof panelContract>;
  readonly #sending = this.#owner.own(createCoalescer(snapshotIntervalMs, () => this.#send()));
  #isReady = false;
  #reveal: { tab: PanelTab; id: string | null } | null = null;

  constructor(
    readonly webviewPanel: vscode.WebviewPanel,
    private readonly options: PanelOptions,
    webviewOptions: vscode.WebviewOptions,
    onClose: () => void,
  ) {
    const { webview } = webviewPanel;
    const { extensionUri, handlers, log } = options;
    const { own } = this.#owner;
    const icon = (name: string) => vscode.Uri.joinPath(extensionUri, 'media', name);
    webview.options = webviewOptions;
    webviewPanel.iconPath = { light: icon('panel-light.svg'), dark: icon('panel-dark.svg') };
    this.#channel = own(
      openChannel<typeof panelHostContract, typeof panelContract>({
        transport: {
          post: (message) => void webview.postMessage(message),
          listen: (receive) => webview.onDidReceiveMessage(receive),
        },
        inbound: panelHostContract,
        handlers: { requests: {}, commands: { ...handlers, ready: () => this.#ready() }, notifications: {} },
        onProblem: (message, cause) => log.error(message, cause),
      }),
    );
    own(webviewPanel.onDidChangeViewState(() => this.#viewStateChanged()));
    own(vscode.window.onDidChangeActiveColorTheme(() => this.#sending.flush()));
    webviewPanel.onDidDispose(() => {
      this.#owner.dispose();
      this.options.onHidden?.();
      onClose();
    });
    webview.html = panelHtml(webview, vscode.Uri.joinPath(extensionUri, 'dist'), vscode.env.language);
    this.#setTitle();
  }

  update(): void {
    this.#setTitle();
    this.#sending.request();
  }

  reveal(tab: PanelTab, id: string | null): void {
    this.#reveal = { tab, id };
    if (this.#isReady) this.#sending.flush();
  }

  #ready(): void {
    this.#isReady = true;
    this.#sending.flush();
  }

  /** A hidden page does not exist; it says `ready` when it has been built again. */
  #viewStateChanged(): void {
    if (!this.webviewPanel.visible) {
      this.#isReady = false;
      this.options.onHidden?.();
    }
    this.#sending.flush();
  }

  #setTitle(): void {
    const subject = this.options.snapshot()?.subject;
    this.webviewPanel.title = subject ? `AIDog: ${forTitle(subject, 40)}` : 'AIDog';
  }

  #send(): void {
    const snapshot = this.options.snapshot();
    if (!this.webviewPanel.visible || !snapshot) return;
    this.#channel.notify('snapshot', snapshot);
    if (!this.#isReady || !this.#reveal) return;
    this.#channel.notify('reveal', this.#reveal);
    this.#reveal = null;
  }
}
