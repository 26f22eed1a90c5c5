import assert from 'node:assert/strict';
import { loweredLimits } from '../../../../src/diagnosis/analysers/loweredLimit';
import { change, findings, statement } from '../../../fakes/findings';

const short = statement('FATAL: too many connections');
const lowered = (text: string, minutesBefore = 5, statements = [short]) =>
  loweredLimits(findings({ statements, changes: [change('config', minutesBefore, { text })] })).length;

describe('loweredLimits', () => {
  it('are changes that made the limit smaller which then ran out, by numbers or by words', () => {
    assert.equal(lowered('max_connections changed from 500 to 100'), 1);
    assert.equal(lowered('pool size reduced'), 1);
  });

  it('are no changes that raise it, name another setting, came long before, or met no shortage', () => {
    assert.equal(lowered('max_connections changed from 100 to 500'), 0);
    assert.equal(lowered('banner width from 500 to 100'), 0);
    assert.equal(lowered('max_connections changed from 500 to 100', 300), 0);
    assert.equal(lowered('max_connections changed from 500 to 100', 5, []), 0);
  });
});
