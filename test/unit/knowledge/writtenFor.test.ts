import assert from 'node:assert/strict';
import { readMarkdown } from '../../../src/knowledge/markdown';
import { createSubjectCheck } from '../../../src/knowledge/writtenFor';

const question = {
  parts: [],
  title: 'Orders fail',
  symptom: 'Share of failing requests of checkout-api rose from 0 % to 51 %',
  services: ['checkout-api'],
  types: ['error_burst_after_deploy'],
};
const isAboutIt = (text: string, over: Partial<typeof question> = {}) =>
  createSubjectCheck({ ...question, ...over })(readMarkdown(text, 'some file'));

describe('telling whether a runbook was written for what is asked', () => {
  it('knows the name of the alert, in other forms of its words and with words around it', () => {
    assert.ok(isAboutIt('# Orders fail'));
    assert.ok(isAboutIt('# What to do when an order is failing'));
    assert.ok(isAboutIt('---\nalerts: [Orders fail]\n---\n# The shop'));
    assert.ok(isAboutIt('# Orders fail', { title: '[Triggered] Orders fail on prod (51 %)' }));
    assert.ok(!isAboutIt('# Orders', { title: 'Orders fail' }));
    assert.ok(!isAboutIt('# Payments fail'));
  });

  it('knows the service together with the kind of incident or the symptom, and not the service alone', () => {
    assert.ok(isAboutIt('# Errors in checkout-api: customers without a tier'));
    assert.ok(isAboutIt('---\nservice: checkout-api\n---\n# Failing requests'));
    assert.ok(!isAboutIt('# The checkout-api service'));
    assert.ok(!isAboutIt('# Errors in search'));
  });

  it('takes nothing for the name of an alert that has none', () => {
    const nameless = { title: '', symptom: '', services: ['99'], types: [] };
    assert.ok(!isAboutIt('# Orders fail', nameless));
    assert.ok(!isAboutIt('# 99', { ...nameless, title: '99 %' }));
  });
});
