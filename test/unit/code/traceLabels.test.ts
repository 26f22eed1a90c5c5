import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readTraceLabels } from '../../../src/code/traceLabels';

const SHA = 'c0ffee1234567890c0ffee1234567890c0ffee12';
const TRACE = 'Error: no';
const none = { commit: null, version: null, service: null, repositoryUrl: null };

/** The labels of the first place where `TRACE` stands, or of the `nth`. */
function labelsOf(text: string, nth = 0) {
  let start = text.indexOf(TRACE);
  for (let at = 0; at < nth; at += 1) start = text.indexOf(TRACE, start + 1);
  return readTraceLabels(text)({ start, end: start + TRACE.length });
}

describe('Labels around a stack trace', () => {
  it('name commit, version and service as tracers inject them into log lines', () => {
    const line = `ERROR [dd.service=checkout dd.version=1.4.2 dd.trace_id=1] git.commit.sha: ${SHA} ${TRACE}`;
    assert.deepEqual(labelsOf(line), { ...none, commit: SHA, version: '1.4.2', service: 'checkout' });
  });

  it('are read from JSON, also within JSON, and from an injected object', () => {
    const json = JSON.stringify({ 'git.commit.sha': SHA, 'service.name': 'cart', 'service.version': '2.0', stack: TRACE });
    assert.deepEqual(labelsOf(json), { ...none, commit: SHA, version: '2.0', service: 'cart' });
    assert.deepEqual(labelsOf(JSON.stringify({ log: json })), { ...none, commit: SHA, version: '2.0', service: 'cart' });
    const injected = JSON.stringify({ dd: { trace_id: '1', service: 'shop', version: 'v3', env: 'prod' }, msg: TRACE });
    assert.deepEqual(labelsOf(injected), { ...none, version: 'v3', service: 'shop' });
  });

  it('name the repository, whose address has colons that end any other value', () => {
    const found = labelsOf(`dd.version=1.4.2: git.repository_url: git@github.example:acme/shop.git dd.service=shop: ${TRACE}`);
    assert.deepEqual(found, { ...none, version: '1.4.2', service: 'shop', repositoryUrl: 'git@github.example:acme/shop.git' });
    const json = JSON.stringify({ 'git.repository_url': 'https://github.example/acme/shop', stack: TRACE });
    assert.equal(labelsOf(json).repositoryUrl, 'https://github.example/acme/shop');
  });

  it('on the line of the trace win over earlier ones, and those over later ones', () => {
    const text = `dd.version=1\n${TRACE}\ndd.version=2 ${TRACE}\n${TRACE}\ndd.version=3\n`;
    assert.deepEqual([labelsOf(text, 0).version, labelsOf(text, 1).version, labelsOf(text, 2).version], ['1', '2', '2']);
  });

  it('after the trace count only when they agree', () => {
    assert.equal(labelsOf(`${TRACE}\ndd.version=7\ndd.version=7`).version, '7');
    assert.equal(labelsOf(`${TRACE}\ndd.version=7\ndd.version=8`).version, null);
  });

  it('are no commit when the value is none', () => {
    assert.equal(labelsOf(`git.commit.sha=main ${TRACE}`).commit, null);
    assert.equal(labelsOf(`git.commit.sha=--output=x ${TRACE}`).commit, null);
    assert.deepEqual(labelsOf(TRACE), none);
  });

  it('are found in any text without failing, and every value is a plain word', () => {
    const piece = fc.oneof(fc.constantFrom('"dd":{', 'dd.version=', 'git.commit.sha:', '"', '\\', '}', '\n', SHA), fc.string());
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const { commit, version, service } = labelsOf(pieces.join('') + TRACE);
        for (const value of [version, service]) assert.ok(value === null || /^[\w.+/@-]{1,100}$/.test(value));
        assert.ok(commit === null || /^[0-9a-f]{7,64}$/i.test(commit));
      }),
    );
  });
});
