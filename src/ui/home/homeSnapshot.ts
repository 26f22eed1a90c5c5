import { messageFor } from '../../domain/errors';
import { tagValue } from '../../domain/timeSeries';
import type { OpenIncident } from '../../protocol/engineApi';
import type { HomeAlert, HomeSnapshot } from '../../protocol/homeApi';
import type { IncidentsState } from '../incidents';
import { isWebPage } from '../links';
import { SURVEY_HOURS, type SurveyState } from './surveys';

/** What Home shows of what is known. */
export function homeSnapshot(incidents: IncidentsState, survey: SurveyState): HomeSnapshot {
  return {
    account: accountOf(incidents, survey),
    alerts: {
      status: alertStatus(incidents),
      items: incidents.items.map(alertOf),
      problem: incidents.problem && messageFor(incidents.problem.error),
    },
    survey: {
      status: survey.kind === 'unknown' || survey.kind === 'unconfigured' ? 'waiting' : survey.kind,
      progress: survey.progress,
      report: survey.report,
      problem: survey.problem,
    },
    hours: SURVEY_HOURS,
  };
}

function accountOf(incidents: IncidentsState, survey: SurveyState): HomeSnapshot['account'] {
  const kinds = [incidents.kind, survey.kind];
  if (kinds.includes('unconfigured')) return 'missing';
  return kinds.every((kind) => kind === 'unknown') ? 'unknown' : 'present';
}

/** Alerts of an earlier look are shown while another is under way. */
function alertStatus({ kind, items }: IncidentsState): HomeSnapshot['alerts']['status'] {
  if (kind === 'failed') return 'failed';
  return kind === 'ready' || items.length > 0 ? 'ready' : 'waiting';
}

function alertOf({ key, title, service, monitor, link }: OpenIncident): HomeAlert {
  const { state, triggeredAtMs, tags } = monitor;
  return { key, title, service, env: tagValue(tags, 'env'), state, sinceMs: triggeredAtMs, hasLink: isWebPage(link) };
}
