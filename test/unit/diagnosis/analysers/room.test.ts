import assert from 'node:assert/strict';
import fc from 'fast-check';
import { saidShare, saysThereIsRoom } from '../../../../src/diagnosis/analysers/room';

describe('saidShare', () => {
  it('reads one number of another, with units of their own', () => {
    assert.deepEqual(saidShare('Current connections: 469 of 500.'), { share: 0.938, isLeft: false });
    assert.deepEqual(saidShare('only 500 MB free of 100 GB'), { share: 0.005, isLeft: true });
    assert.equal(saidShare('82.2 GB remaining of 200 GB')?.share.toFixed(3), '0.411');
  });

  it('is null without two numbers, and where the part exceeds the whole', () => {
    assert.equal(saidShare('Free storage space: 0.8 GB remaining.'), null);
    assert.equal(saidShare('12 of 4 done'), null);
    assert.equal(saidShare('0 of 0'), null);
  });

  it('never fails on any text', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof saysThereIsRoom(text) === 'boolean'));
  });
});

describe('saysThereIsRoom', () => {
  it('is about what is used and about what is left', () => {
    assert.ok(saysThereIsRoom('310 of 500 connections') && saysThereIsRoom('82 GB remaining of 200 GB'));
    assert.ok(!saysThereIsRoom('490 of 500 connections') && !saysThereIsRoom('1 GB remaining of 200 GB'));
    assert.ok(!saysThereIsRoom('storage is critically low'));
  });
});
