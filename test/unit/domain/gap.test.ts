import assert from 'node:assert/strict';
import { absentPart, gapTask, gapText, isAbsence } from '../../../src/domain/gap';

describe('what is missing', () => {
  it('is data that is not there, or a question', () => {
    for (const gap of [
      'an error with a stack trace: none was found',
      'the code: no repository of the service is open',
      'the alerting metric itself, which could not be read',
    ])
      assert.ok(isAbsence(gap), gap);
    for (const gap of ['who holds the lock: the blocking session', 'whether bank reports trouble, which its owner can tell'])
      assert.ok(!isAbsence(gap), gap);
  });

  it('reads as the beginning of a sentence', () => {
    assert.equal(gapText('an error with a stack trace: none was found'), 'Missing: an error with a stack trace');
    assert.equal(gapText('who called it'), 'Not known: who called it');
    assert.equal(absentPart('certificate dates: neither errors nor a check of them were found'), 'certificate dates');
  });

  it('is a task where somebody can find it out, and none where data is missing', () => {
    assert.equal(gapTask('who called it'), 'Find out who called it');
    assert.equal(
      gapTask('the manifest of the new version against that of the last one'),
      'Compare the manifest of the new version with that of the last one',
    );
    assert.equal(gapTask('loss and round-trip times'), 'Look at loss and round-trip times');
    assert.equal(gapTask('memory metrics of shop: none were found'), null);
  });
});
