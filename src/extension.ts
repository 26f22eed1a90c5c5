import type { ExtensionContext } from 'vscode';
import { type AidogApi, type App, createApp } from './ui/app';

let app: App | null = null;

/** Called by VS Code on first use; what it returns is `vscode.extensions.getExtension('aidog.aidog').exports`. */
export function activate(context: ExtensionContext): AidogApi {
  app = createApp(context);
  return app.api;
}

export function deactivate(): void {
  app?.dispose();
  app = null;
}
