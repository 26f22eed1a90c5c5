import * as vscode from 'vscode';

/** The page that a panel loads: nothing inline, scripts by nonce, styles and fonts from our own folder. */
export function panelHtml(
  webview: vscode.Webview,
  dist: vscode.Uri,
  language: string,
  page: 'investigation' | 'home' = 'investigation',
): string {
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const resource = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  const source = webview.cspSource;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `font-src ${source}`,
    `img-src ${source} data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${attribute(resource('codicon.css'))}" id="vscode-codicon-stylesheet">
<link rel="stylesheet" href="${attribute(resource('webview.css'))}">
<title>AIDog</title>
</head>
<body>
<div id="root" data-page="${page}"></div>
<script nonce="${nonce}" src="${attribute(resource('webview.js'))}"></script>
</body>
</html>`;
}

const attribute = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
