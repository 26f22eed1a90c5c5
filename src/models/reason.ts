/** What an error page says in one go: `{"error": "…"}`, `{"error": {"message": "…"}}`, `{"message": "…"}`, or plain text. */
export function reasonIn(body: string, contentType: string): string {
  if (/^text\/html/i.test(contentType) || /^\s*<(?:!doctype|html)/i.test(body)) return 'it sent a web page.';
  try {
    return messageIn(JSON.parse(body), 0) ?? '';
  } catch {
    return body;
  }
}

/** Servers wrap errors in errors, but not deeply. */
const MAX_DEPTH = 4;

/** The text of an error object in any of the usual shapes; null where there is none. */
export function messageIn(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return null;
  const { error, message, detail } = value as Readonly<Record<string, unknown>>;
  return messageIn(error, depth + 1) ?? messageIn(message, depth + 1) ?? messageIn(detail, depth + 1);
}
