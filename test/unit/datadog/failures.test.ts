import assert from 'node:assert/strict';
import { reasonsIn } from '../../../src/datadog/failures';

describe('reasonsIn', () => {
  it("reads both of Datadog's error shapes, and plain text", () => {
    assert.deepEqual(reasonsIn('{"errors": ["bad query", "twice"]}'), ['bad query', 'twice']);
    assert.deepEqual(reasonsIn('{"errors": [{"status": "404", "title": "Not Found", "detail": "issue not found"}]}'), ['issue not found']);
    assert.deepEqual(reasonsIn('{"errors": [{"title": "Generic Error"}, null, 7]}'), ['Generic Error']);
    assert.deepEqual(reasonsIn('{"error": "just one"}'), ['just one']);
    assert.deepEqual(reasonsIn('"text"'), ['text']);
  });

  it('finds no reason in an empty body or in other JSON', () => {
    for (const body of ['', '  ', '{}', '[]', 'null', '12', '{"errors": {}}']) assert.deepEqual(reasonsIn(body), [], body);
  });

  it('tells a body that is no JSON apart', () => {
    assert.equal(reasonsIn('<html>403</html>'), null);
  });
});
