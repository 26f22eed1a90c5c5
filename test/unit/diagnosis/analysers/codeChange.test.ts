import assert from 'node:assert/strict';
import { codeChanges, codeDefects } from '../../../../src/diagnosis/analysers/codeChange';
import { change, code, failure, findings, metric, suspect } from '../../../fakes/findings';

const place = {
  service: 'shop',
  location: { file: 'shop/total.js', line: 3, function: 'total' },
  workspace: null,
  evidence: 'E10',
  isExact: true,
};

describe('codeChanges', () => {
  it('points at the failing line when the commit is proven to meet it', () => {
    const [found] = codeChanges(findings({ failures: [failure()] }), code({ suspects: [suspect()], place }));
    assert.deepEqual(found?.location, place.location);
    assert.equal(found.commit, 'a'.repeat(40));
    assert.match(found?.title ?? '', /^Commit aaaaaaa "Tidy prices" broke shop$/);
  });

  it('points at the changed line when only a mechanism speaks for it, or a handler is all that is known', () => {
    const mechanism = codeChanges(
      findings({ failures: [failure()] }),
      code({ suspects: [suspect({ evidenceClass: 'mechanism' })], place }),
    )[0];
    const handler = codeChanges(findings(), code({ suspects: [suspect()], place: { ...place, isExact: false } }))[0];
    assert.equal(mechanism?.location?.file, 'shop/prices.js');
    assert.equal(handler?.location?.file, 'shop/prices.js');
  });

  it('scales the score by what its class can reach, and makes three hypotheses at most', () => {
    const many = ['a', 'b', 'c', 'd'].map((letter) => suspect({ sha: letter.repeat(40), evidenceClass: 'association', score: 0.6 }));
    const found = codeChanges(findings(), code({ suspects: many }));
    assert.equal(found.length, 3);
    assert.equal(found[0]?.strength, 1);
  });

  it('cites only what the broken service shows itself, and the alert', () => {
    const failures = [failure({ service: 'web', evidence: 'E11' }), failure(), failure({ service: 'stock', evidence: 'E12' })];
    const issues = [
      { service: 'web', evidence: 'E60' },
      { service: 'shop', evidence: 'E61' },
    ];
    const [found] = codeChanges(findings({ failures, issues }), code({ suspects: [suspect()] }));
    assert.deepEqual(found?.evidenceFor, ['E50', 'E10', 'E61', 'E2']);
  });

  it('cites the deployment of the commit and names commits that nobody holds', () => {
    const deployed = change('deployment', 5, { commit: 'aaaaaaa' });
    const [found] = codeChanges(findings({ changes: [deployed] }), code({ suspects: [suspect()], absentCommits: ['c'.repeat(40)] }));
    assert.ok(found);
    assert.ok(found.evidenceFor.includes('E40'));
    assert.deepEqual(found.missing, ['commit ccccccc, which no open repository holds']);
  });
});

describe('the evidence of a diff', () => {
  const classOf = (given: Parameters<typeof findings>[0]) =>
    codeChanges(findings(given), code({ suspects: [suspect({ evidenceClass: 'mechanism' })] }))[0]?.evidenceClass;

  it('is a mechanism only where telemetry shows harm', () => {
    assert.equal(classOf({ failures: [failure()] }), 'mechanism');
    assert.equal(classOf({ metrics: [metric('errors', { score: 4 })] }), 'association');
    assert.equal(classOf({}), 'timing');
  });
});

describe('codeDefects', () => {
  it('tells of a failing line that no commit explains', () => {
    const [found] = codeDefects(findings({ failures: [failure()] }), code({ place }));
    assert.equal(found?.kind, 'code_defect');
    assert.equal(found.commit, null);
    assert.match(found.title, /total in shop fails/);
  });

  it('keeps quiet where a commit explains it, or only a handler is known', () => {
    assert.deepEqual(codeDefects(findings(), code({ place, suspects: [suspect({ evidenceClass: 'mechanism' })] })), []);
    assert.deepEqual(codeDefects(findings(), code({ place: { ...place, isExact: false } })), []);
    assert.deepEqual(codeDefects(findings(), code()), []);
  });

  it('keeps quiet where the line only called something outside that failed', () => {
    assert.deepEqual(codeDefects(findings({ failures: [failure({ peer: 'bank.example' })] }), code({ place })), []);
  });
});
