import assert from 'node:assert/strict';
import fc from 'fast-check';
import { datadogSites, parseMonitorReference } from '../../../src/ui/sites';

describe('a reference to a monitor', () => {
  const accepted: Record<string, number> = {
    '123': 123,
    '  42 ': 42,
    'https://app.datadoghq.com/monitors/123': 123,
    'https://app.datadoghq.eu/monitors/123?group=env%3Aprod&from_ts=1': 123,
    'https://us5.datadoghq.com/monitors/99/edit': 99,
    'https://app.datadoghq.com/monitors#7/edit': 7,
    'https://acme.datadoghq.com/monitors/8': 8,
    'http://127.0.0.1:8126/monitors/5': 5,
  };
  for (const [text, id] of Object.entries(accepted)) {
    it(`is read from ${text}`, () => assert.equal(parseMonitorReference(text), id));
  }

  for (const text of [
    '',
    'abc',
    '-1',
    '1.5',
    '1234567890123456',
    'https://evil.example/monitors/1',
    'https://datadoghq.com.evil.example/monitors/1',
    'https://app.datadoghq.com/dashboard/1',
    'command:monitors/1',
    'https://app.datadoghq.com/monitors/12345678901234567',
  ]) {
    it(`is not seen in "${text}"`, () => assert.equal(parseMonitorReference(text), null));
  }

  it('is found on every site, and nothing throws whatever is typed', () => {
    for (const site of datadogSites) assert.equal(parseMonitorReference(`https://app.${site}/monitors/11`), 11);
    fc.assert(fc.property(fc.string(), (text) => ['number', 'object'].includes(typeof parseMonitorReference(text))));
  });
});
