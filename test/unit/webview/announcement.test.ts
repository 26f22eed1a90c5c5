import assert from 'node:assert/strict';
import { announcementFor } from '../../../webview/announcement';
import { doneCode, doneExternal, failed, healthy, running, starting } from '../../fixtures/panelSnapshots';

const sameRun = <T extends { runId: string }>(snapshot: T): T => ({ ...snapshot, runId: 'r' });

describe('what a screen reader is told', () => {
  it('names what is investigated when a run begins', () => {
    assert.equal(announcementFor(null, starting), 'Investigating Monitor 10452.');
    assert.equal(announcementFor(doneCode, starting), 'Investigating Monitor 10452.');
  });

  it('names a stage once', () => {
    assert.equal(announcementFor(sameRun(starting), sameRun(running)), 'Perceive has started.');
    assert.equal(announcementFor(sameRun(running), sameRun({ ...running, found: {} })), '');
  });

  it('gives the verdict, the cause with its confidence, and what is missing', () => {
    assert.equal(
      announcementFor(sameRun(running), sameRun(doneCode)),
      'A code change is to blame. Most likely: Commit 3f2a91c dropped the guard for carts without a coupon, so applyDiscount throws, ' +
        'high confidence, 86 %. 1 thing could not be looked at.',
    );
  });

  it('gives the verdict alone when there is no cause to name', () => {
    assert.equal(announcementFor(null, healthy), 'Nothing is wrong: the signals are where they usually are.');
    assert.match(announcementFor(null, doneExternal), /^A dependency outside is at fault\. Most likely: api\.cards\.example/);
  });

  it('gives the sentence of a failure, or a plain one', () => {
    assert.match(announcementFor(sameRun(running), sameRun(failed)), /does not accept these keys/);
    assert.equal(announcementFor(null, { ...failed, problem: null }), 'The investigation failed.');
    assert.equal(announcementFor(null, { ...failed, status: 'cancelled', problem: null }), 'The investigation was cancelled.');
  });

  it('says nothing when a finished run is sent again', () => {
    assert.equal(announcementFor(doneCode, doneCode), '');
  });
});
