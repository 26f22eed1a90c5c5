import assert from 'node:assert/strict';
import { HttpError } from '../../../../src/sandbox/http';
import { compileTagFilter, metricError, parseTagFilter } from '../../../../src/sandbox/query/metricFilter';

const passes = (filter: string, ...tags: string[]) => compileTagFilter(parseTagFilter(filter))({ tags });

function assertRefused(filter: string, reason: RegExp): void {
  assert.throws(
    () => parseTagFilter(filter),
    (error: unknown) => error instanceof HttpError && error.status === 400 && reason.test(error.message),
    filter,
  );
}

describe('a tag filter', () => {
  it('joins commas and AND alike, and lets OR come last', () => {
    assert.equal(passes('a:1,b:2', 'a:1', 'b:2'), true);
    assert.equal(passes('a:1,b:2', 'a:1'), false);
    assert.equal(passes('a:1 AND b:2 OR c:3', 'c:3'), true);
    assert.equal(passes('a:1 AND (b:2 OR c:3)', 'c:3'), false);
  });

  it('excludes with an exclamation mark and with NOT', () => {
    assert.equal(passes('!a:1', 'a:1'), false);
    assert.equal(passes('NOT a:1,b:*', 'b:2'), true);
    assert.equal(passes('NOT (a:1 OR b:2)', 'b:2'), false);
  });

  it('reads lists', () => {
    assert.equal(passes('host IN (a, b)', 'host:b'), true);
    assert.equal(passes('host IN (a,b)', 'host:c'), false);
    assert.equal(passes('host NOT IN (a,b)', 'host:c'), true);
    assert.equal(passes('env:x,host IN (a)', 'host:a'), false);
  });

  it('matches wildcards in values', () => {
    assert.equal(passes('host:web-*', 'host:web-12'), true);
    assert.equal(passes('host:*-1*', 'host:web-12'), true);
    assert.equal(passes('host:web-*', 'host:db-1'), false);
    assert.equal(passes('*', 'anything'), true);
  });

  it('takes everything after the first colon for the value, blanks, colons and brackets included', () => {
    assert.equal(passes('service:PGSQL Query_remote,statistic:average', 'service:PGSQL Query_remote', 'statistic:average'), true);
    assert.equal(passes('service:AWS::StepFunctions::StateMachine', 'service:AWS::StepFunctions::StateMachine'), true);
    assert.equal(passes('resource_name:get_/users(id),env:prod', 'resource_name:get_/users(id)', 'env:prod'), true);
    assert.equal(passes('(service:a b OR service:c)', 'service:a b'), true);
  });

  it('takes quoted values as they are', () => {
    assert.equal(passes('service:"a, {b} AND *"', 'service:a, {b} AND *'), true);
    assert.equal(passes('service:"a*"', 'service:ab'), false);
    assert.equal(passes('service:"say \\"a\\""', 'service:say "a"'), true);
  });

  it('compares in any case', () => {
    assert.equal(passes('Service:petsite', 'service:PetSite'), true);
  });

  it('knows tags without a value', () => {
    assert.equal(passes('canary', 'canary'), true);
    assert.equal(passes('canary', 'canary:yes'), false);
  });

  it('says why it refuses a filter', () => {
    assertRefused('', /\{\*\} for everything/);
    assertRefused('$env', /template variables/);
    assertRefused('env:$env', /template variables/);
    assertRefused('a:1,', /missing/);
    assertRefused('a:', /no value/);
    assertRefused('(a:1', /not closed/);
    assertRefused('a:"x', /quote in the filter/);
    assertRefused('a IN b', /list in parentheses/);
    assertRefused('a IN (b', /not closed/);
    assertRefused('a NOT b', /IN/);
    assertRefused('ho*:a', /wildcards in the key/);
    assertRefused('a:"1" b', /not expected/);
  });
});

describe('metricError', () => {
  it('is a 400 in the words of Datadog', () => {
    assert.equal(metricError('why').message, 'Error parsing query: why');
    assert.equal(metricError('why').status, 400);
  });
});
