import assert from 'node:assert/strict';
import { dependencyOutages } from '../../../../src/diagnosis/analysers/dependencyOutage';
import { expiredCertificate } from '../../../../src/diagnosis/analysers/expiredCertificate';
import { code, failure, findings, statement } from '../../../fakes/findings';

const look = (given: Parameters<typeof findings>[0]) => expiredCertificate.look(findings(given), { culprits: [], code: code() });
const message = 'x509: certificate has expired or is not yet valid';

describe('expiredCertificate', () => {
  it('explains errors that name an own certificate', () => {
    const [found] = look({ statements: [statement(message)] }).explanations;
    assert.equal(found?.kind, 'infrastructure_outage');
    assert.match(found?.title ?? '', /certificate has expired/);
  });

  it('leaves the certificate of a peer outside to the outage of that peer, and still points it out', () => {
    const theirs = failure({ peer: 'api.bank.example', message });
    const { explanations, check } = look({ failures: [theirs], statements: [statement(`Error ${message}`)] });
    assert.deepEqual(explanations, []);
    assert.ok(check.isInteresting);
  });

  it('tells a certificate that errors without a known peer name, which no outage outside claims', () => {
    const given = { failures: [failure({ type: 'Error', message })], statements: [statement(`Error ${message}`)] };
    assert.equal(look(given).explanations.length, 1);
    assert.deepEqual(dependencyOutages(findings(given)), []);
  });

  it('is ruled out by errors that say something else, not by what is merely logged', () => {
    const [ruledOut] = look({ failures: [failure()] }).ruledOut;
    assert.deepEqual(ruledOut?.evidence, ['E10']);
    const { ruledOut: none, check } = look({ statements: [statement('timeout')] });
    assert.deepEqual(none, []);
    assert.match(check.unchecked.join(), /certificate dates/);
  });
});
