import assert from 'node:assert/strict';
import { codeOrigin } from '../../../src/code/codeOrigin';

describe('Code origin', () => {
  it("reads Datadog's frames in order", () => {
    const origin = codeOrigin({
      '_dd.code_origin.type': 'entry',
      '_dd.code_origin.frames.0.file': '/srv/shop/services/catalog/index.js',
      '_dd.code_origin.frames.0.line': '10',
      '_dd.code_origin.frames.0.column': '7',
      '_dd.code_origin.frames.0.method': 'get',
      '_dd.code_origin.frames.0.type': 'Router',
      '_dd.code_origin.frames.1.file': '/srv/shop/node_modules/express/lib/router/index.js',
      '_dd.code_origin.frames.1.line': '99',
    });
    assert.equal(origin?.type, 'entry');
    assert.deepEqual(origin?.frames, [
      { function: 'Router.get', file: '/srv/shop/services/catalog/index.js', line: 10, column: 7, kind: 'app' },
      { function: null, file: '/srv/shop/node_modules/express/lib/router/index.js', line: 99, column: null, kind: 'library' },
    ]);
  });

  it('reads the stable attributes of OpenTelemetry', () => {
    const origin = codeOrigin(
      { 'code.file.path': '/app/src/main.py', 'code.function.name': 'shop.main.checkout' },
      { 'code.line.number': 42 },
    );
    assert.equal(origin?.type, null);
    assert.deepEqual(origin?.frames, [{ function: 'shop.main.checkout', file: '/app/src/main.py', line: 42, column: null, kind: 'app' }]);
  });

  it('reads their old names too', () => {
    const origin = codeOrigin({
      'code.filepath': 'src/A.java',
      'code.lineno': '7',
      'code.function': 'run',
      'code.namespace': 'com.acme.A',
    });
    assert.deepEqual(origin?.frames, [{ function: 'com.acme.A.run', file: 'src/A.java', line: 7, column: null, kind: 'app' }]);
  });

  it('takes numbers that make no sense for absent', () => {
    for (const line of ['0', '-3', 'x', '1.5', '']) {
      assert.equal(
        codeOrigin({ '_dd.code_origin.frames.0.file': 'a.js', '_dd.code_origin.frames.0.line': line })?.frames[0]?.line,
        null,
        line,
      );
    }
    assert.equal(codeOrigin({ '_dd.code_origin.frames.0.file': 'a.js', '_dd.code_origin.type': 'other' })?.type, null);
  });

  it('is absent on spans that carry none', () => {
    assert.equal(codeOrigin({ 'http.method': 'GET' }), null);
    assert.equal(codeOrigin({ 'code.file.path': '' }), null);
  });

  it('reads eight frames at most', () => {
    const meta = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`_dd.code_origin.frames.${at}.file`, `f${at}.js`]));
    assert.equal(codeOrigin(meta)?.frames.length, 8);
  });
});
