/** Datadog's sites, as its API client knows them. */
export const datadogSites: readonly string[] = [
  'datadoghq.com',
  'us3.datadoghq.com',
  'us5.datadoghq.com',
  'datadoghq.eu',
  'ap1.datadoghq.com',
  'ap2.datadoghq.com',
  'uk1.datadoghq.com',
  'ddog-gov.com',
  'us2.ddog-gov.com',
];

/** Web pages of a site live on `app.` where the site has no region of its own in front. */
const isDatadogHost = (host: string) => datadogSites.some((site) => host === site || host.endsWith(`.${site}`));

/**
 * The monitor that a person means: its number, or the address of its page in Datadog
 * (`…/monitors/123`, `…/monitors#123/edit`, `…/monitors/123?group=…`). null when it is neither.
 */
export function parseMonitorReference(input: string): number | null {
  const text = input.trim();
  if (/^\d{1,15}$/u.test(text)) return Number(text);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/u.test(url.protocol) || !(isDatadogHost(url.hostname) || isLoopback(url.hostname))) return null;
  const found = /\/monitors(?:\/|#)(\d{1,15})(?!\d)/u.exec(`${url.pathname}${url.hash}`);
  return found?.[1] ? Number(found[1]) : null;
}

const isLoopback = (host: string) => host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
