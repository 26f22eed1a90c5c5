import type { EvidenceTarget } from '../domain/ports';
import type { TimeWindow } from '../domain/timeSeries';

/** Sites whose web pages lie under `app.`; the others' lie under the site itself. */
const APP_SITES: ReadonlySet<string> = new Set(['datadoghq.com', 'datadoghq.eu', 'ddog-gov.com']);
const SITE = /^(?:[a-z]{2}\d\.)?(?:datadoghq\.com|datadoghq\.eu|ddog-gov\.com)$/;

/** The site that an API address belongs to, or null for one that is not Datadog's. */
export function siteOf(baseUrl: string): string | null {
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).hostname : '';
  const site = host.replace(/^(?:api|app)\./, '');
  return SITE.test(site) ? site : null;
}

/** The page of Datadog's web interface that shows the target. */
export function pageFor(site: string, target: EvidenceTarget): string {
  const host = APP_SITES.has(site) ? `app.${site}` : site;
  const page = (path: string, query: Record<string, string> = {}) => {
    const text = new URLSearchParams(query).toString();
    return `https://${host}${path}${text === '' ? '' : `?${text}`}`;
  };
  switch (target.kind) {
    case 'monitor':
      return page(`/monitors/${target.id}`);
    case 'logs':
      return page('/logs', { query: target.query, ...fromTo(target.window, 'from_ts', 'to_ts'), live: 'false' });
    case 'spans':
      return page('/apm/traces', { query: target.query, ...fromTo(target.window, 'start', 'end'), paused: 'true' });
    case 'trace':
      return page(`/apm/trace/${encodeURIComponent(target.traceId)}`);
    case 'metric':
      return page('/metric/explorer', { exp_query: target.query, ...fromTo(target.window, 'start', 'end'), paused: 'true' });
    case 'issue':
      return page(`/error-tracking/issue/${encodeURIComponent(target.id)}`);
  }
}

const fromTo = ({ fromMs, toMs }: TimeWindow, from: string, to: string) => ({ [from]: String(fromMs), [to]: String(toMs) });
