import * as vscode from 'vscode';

/** Whether the link is a web page; anything else, such as `command:` or `vscode:`, is not opened. */
export function isWebPage(link: string | null | undefined): link is string {
  return typeof link === 'string' && URL.canParse(link) && /^https?:$/u.test(new URL(link).protocol);
}

/** Opens a web page in the browser; false when the link is none. */
export async function openWebPage(link: string | null | undefined): Promise<boolean> {
  return isWebPage(link) && (await vscode.env.openExternal(vscode.Uri.parse(link, true)));
}
