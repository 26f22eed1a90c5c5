import assert from 'node:assert/strict';
import { errorBurstAfterDeploy } from '../../../../src/diagnosis/analysers/errorBurstAfterDeploy';
import { change, code, failure, findings, suspect } from '../../../fakes/findings';

const look = (given: Parameters<typeof findings>[0], known = code({ hasRepository: false })) =>
  errorBurstAfterDeploy.look(findings(given), { culprits: [], code: known });
const deployed = change('deployment', 3);

describe('errorBurstAfterDeploy', () => {
  it('takes errors of the program’s own that began with its deployment for a fault of its code, and accuses no commit', () => {
    const { explanations, check } = look({ failures: [failure()], changes: [deployed] });
    const [found] = explanations;
    assert.equal(found?.kind, 'code_defect');
    assert.equal(found.commit, null);
    assert.deepEqual(found.evidenceFor, ['E10', 'E40']);
    assert.ok(check.isInteresting);
    assert.match(check.summary, /1 new kind of error and 1 deployment/);
  });

  it('explains nothing by a deployment alone', () => {
    const refused = failure({ type: 'HTTPError', message: 'stock answered 503', peer: 'stock' });
    assert.deepEqual(look({ failures: [refused], changes: [deployed] }).explanations, []);
    assert.deepEqual(look({ failures: [failure()], changes: [change('deployment', 300)] }).explanations, []);
    const elsewhere = change('deployment', 3, { service: 'stock' });
    assert.deepEqual(look({ failures: [failure()], changes: [elsewhere] }).explanations, []);
    assert.deepEqual(look({ changes: [deployed] }).explanations, []);
  });

  it('leaves it to the commits where they are known', () => {
    const known = code({ suspects: [suspect()] });
    assert.deepEqual(
      look({ failures: [failure()], changes: [deployed] }, known).explanations.map(({ kind }) => kind),
      ['code_change'],
    );
  });

  it('accuses no deployment whose commits were read and cleared, but one whose commits are not in the repository', () => {
    const given = { failures: [failure()], changes: [deployed] };
    assert.deepEqual(look(given, code()).explanations, []);
    assert.equal(look(given, code({ absentCommits: ['a'.repeat(40)] })).explanations.length, 1);
  });

  it('says when no code could be read', () => {
    assert.match(look({}).check.unchecked.join(), /no repository/);
    assert.deepEqual(look({}, code()).check.unchecked, []);
  });
});
