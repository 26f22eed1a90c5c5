import { oneLine } from '../../domain/plainText';
import { headline } from '../../domain/sentence';
import { explanation } from '../explanation';
import { isReachable, ownServices } from '../localisation/services';
import type { IncidentAnalyser } from './analyser';
import { isOutside } from './dependencyOutage';
import { troubles } from './settled';
import { idsOf } from './signs';
import { CERTIFICATE } from './topics';

const STRENGTH = 0.95;
const MAX_SAID = 110;
const MAX_CITED = 4;

/** Connections fail because a certificate is no longer or not yet valid. Time did it; no change has to explain it. */
export const expiredCertificate: IncidentAnalyser = {
  type: 'expired_certificate',
  look(findings) {
    const told = troubles(findings, CERTIFICATE);
    const services = ownServices(findings);
    /** A certificate of somebody outside is told by the outage of that peer. */
    const theirs = findings.failures.filter((failure) => isOutside(failure, services)).map(({ message }) => message ?? '');
    const own = told.filter(({ text }) => !theirs.some((message) => message !== '' && text.includes(message)));
    const [first] = own;
    const title = `A certificate that ${first?.service ?? 'the service'} relies on has expired: ${headline(oneLine(first?.text ?? ''), MAX_SAID)}`;
    /** A refused certificate shows as an error, so only errors that say something else rule it out; other messages say nothing of it. */
    const errors = findings.failures.filter(({ message, type }) => message !== null || type !== null);
    const isChecked = errors.length > 0;
    return {
      explanations:
        first === undefined
          ? []
          : [
              explanation({
                kind: 'infrastructure_outage',
                title,
                service: first.service,
                evidenceClass: 'mechanism',
                strength: STRENGTH * (isReachable(findings, first.service) === false ? 0.5 : 1),
                strengthReason: 'errors name the certificate and why it is refused',
                evidenceFor: idsOf(own.slice(0, 4)),
                missing: ['the dates of the certificate, and why it was not renewed'],
              }),
            ],
      check: {
        isInteresting: told.length > 0,
        summary: first
          ? `${title}.`
          : told.length > 0
            ? 'Calls to a peer outside fail because of its certificate.'
            : isChecked
              ? 'No error speaks of a certificate.'
              : 'Nothing that was read tells about certificates.',
        evidence: idsOf(told),
        unchecked:
          isChecked || told.length > 0 ? [] : ['certificate dates: neither errors that would name one nor a check of them were found'],
      },
      ruledOut:
        told.length === 0 && isChecked
          ? [
              {
                type: 'expired_certificate',
                service: findings.alerting,
                reason:
                  'Calls that a certificate stops fail with an error that names it, and the errors that were read say something else.',
                evidence: idsOf(errors.slice(0, MAX_CITED)),
              },
            ]
          : [],
    };
  },
};
