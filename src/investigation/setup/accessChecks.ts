import { AppError, messageFor, permissionNamed } from '../../domain/errors';
import type { SetupCheck } from '../../domain/setupCheck';
import type { SetupFacts } from './setupFacts';

/** Whether Datadog lets AIDog in: keys, site, permissions. */
export function accessChecks(facts: SetupFacts): SetupCheck[] {
  return [keysCheck(facts), siteCheck(facts), permissionsCheck(facts)];
}

const CONFIGURE = { kind: 'configure', title: 'Configure Datadog' } as const;
const SITE_SETTING = { kind: 'setting', title: 'Change the site', key: 'aidog.datadog.site' } as const;

/** Keys that lack a permission are good keys. */
const areRefused = ({ accessFailure }: SetupFacts) =>
  accessFailure instanceof AppError && accessFailure.kind === 'forbidden' && permissionNamed(accessFailure) === null;

const isLetIn = ({ site, accessFailure }: SetupFacts) =>
  site !== null && (accessFailure === null || permissionNamed(accessFailure) !== null);

function keysCheck(facts: SetupFacts): SetupCheck {
  const check = { id: 'keys', title: 'Datadog keys' } as const;
  if (facts.site === null) return { ...check, status: 'problem', detail: 'No Datadog keys are stored.', fix: CONFIGURE };
  if (isLetIn(facts)) return { ...check, status: 'ok', detail: 'Datadog accepts both keys.', fix: null };
  if (areRefused(facts)) return { ...check, status: 'problem', detail: messageFor(facts.accessFailure), fix: CONFIGURE };
  return { ...check, status: 'unknown', detail: messageFor(facts.accessFailure), fix: null };
}

function siteCheck(facts: SetupFacts): SetupCheck {
  const check = { id: 'site', title: 'Datadog site' } as const;
  const { site } = facts;
  const other = facts.siteHints.find((hint) => hint.site !== site);
  if (site === null) {
    const detail = other === undefined ? 'It is asked for with the keys.' : `${other.where} names the site ${other.site}.`;
    return { ...check, status: 'unknown', detail, fix: null };
  }
  if (other !== undefined) {
    const detail = `AIDog asks ${site}, but ${other.where} names the site ${other.site}. Keys and telemetry exist on one site only.`;
    return { ...check, status: areRefused(facts) ? 'problem' : 'warning', detail, fix: SITE_SETTING };
  }
  if (isLetIn(facts)) return { ...check, status: 'ok', detail: `${site} knows the keys.`, fix: null };
  if (!areRefused(facts)) return { ...check, status: 'unknown', detail: messageFor(facts.accessFailure), fix: SITE_SETTING };
  const detail = `${site} does not know the keys. They may belong to another site: compare with the address of Datadog in the browser.`;
  return { ...check, status: 'problem', detail, fix: SITE_SETTING };
}

/** Without these there is nothing to investigate. */
const NEEDED = new Set(['monitors_read', 'apm_read']);

function permissionsCheck(facts: SetupFacts): SetupCheck {
  const check = { id: 'permissions', title: 'Permissions of the application key' } as const;
  if (!isLetIn(facts)) return { ...check, status: 'unknown', detail: 'Not known until Datadog accepts the keys.', fix: null };
  const failures = [{ shows: 'monitors', failure: facts.accessFailure }, ...facts.probes];
  const missing = failures.flatMap(({ shows, failure }) => {
    const permission = permissionNamed(failure);
    return permission === null ? [] : [{ permission, shows }];
  });
  if (missing.length > 0) {
    const names = missing.map(({ permission, shows }) => `${permission} (${shows})`).join(', ');
    const status = missing.some(({ permission }) => NEEDED.has(permission)) ? 'problem' : 'warning';
    return { ...check, status, detail: `The application key lacks ${names}.`, fix: keysPage(facts.site) };
  }
  const failed = failures.find(({ failure }) => failure !== null);
  if (failed !== undefined) return { ...check, status: 'unknown', detail: messageFor(failed.failure), fix: null };
  return { ...check, status: 'ok', detail: `It may read ${failures.map(({ shows }) => shows).join(', ')}.`, fix: null };
}

/** Web pages of a site live on `app.` where the site has no region of its own in front. */
function keysPage(site: string | null): SetupCheck['fix'] {
  if (site === null) return CONFIGURE;
  const host = site.split('.').length > 2 ? site : `app.${site}`;
  return { kind: 'page', title: 'Open the application keys in Datadog', url: `https://${host}/organization-settings/application-keys` };
}
