import assert from 'node:assert/strict';
import { type ErrorFacts, issueIdOf, messagePattern, topFrame } from '../../../../src/sandbox/store/errorGrouping';

const facts: ErrorFacts = { service: 'shop', type: 'TypeError', message: 'order 12 has no "price"', stack: '', fingerprint: null };
const top = { file: 'src/pricing.js', function: 'total' };

describe('error grouping', () => {
  it('overlooks digits and quoted parts of the message', () => {
    assert.equal(issueIdOf(facts, top), issueIdOf({ ...facts, message: 'order 777 has no "name"' }, top));
    assert.equal(messagePattern("user 'a' not found in 3 shards"), 'user ? not found in ? shards');
  });

  it('tells service, type, words, file and function apart', () => {
    const ids = [
      issueIdOf(facts, top),
      issueIdOf({ ...facts, service: 'cart' }, top),
      issueIdOf({ ...facts, type: 'RangeError' }, top),
      issueIdOf({ ...facts, message: 'no order' }, top),
      issueIdOf(facts, { ...top, file: 'src/other.js' }),
      issueIdOf(facts, { ...top, function: 'sum' }),
    ];
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('lets a fingerprint decide alone within a service', () => {
    const own = { ...facts, fingerprint: 'checkout-price' };
    assert.equal(issueIdOf(own, top), issueIdOf({ ...own, message: 'quite another', type: 'X' }, { file: null, function: null }));
    assert.notEqual(issueIdOf(own, top), issueIdOf({ ...own, service: 'cart' }, top));
  });
});

describe('the top frame', () => {
  it('of JavaScript is the first outside libraries and the runtime', () => {
    const stack = [
      'TypeError: x',
      '    at Object.parse (node:internal/json:1:1)',
      '    at Layer.handle [as handle_request] (/srv/node_modules/express/lib/router/layer.js:95:5)',
      '    at /srv/app/src/server.js:14:9',
      '    at async quote (/srv/app/src/pricing.js:13:11)',
    ].join('\n');
    assert.deepEqual(topFrame(stack), { file: '/srv/app/src/server.js', function: null });
  });

  it('of JavaScript names the function', () => {
    assert.deepEqual(topFrame('Error: x\n    at async quote (/srv/app/src/pricing.js:13:11)'), {
      file: '/srv/app/src/pricing.js',
      function: 'quote',
    });
  });

  it('of Python is the last that belongs to the application', () => {
    const stack = [
      'Traceback (most recent call last):',
      '  File "/app/main.py", line 3, in run',
      '    work()',
      '  File "/app/work.py", line 9, in work',
      '  File "/usr/lib/python3.12/json/decoder.py", line 5, in decode',
      'ValueError: x',
    ].join('\n');
    assert.deepEqual(topFrame(stack), { file: '/app/work.py', function: 'work' });
  });

  it('of Java skips the platform', () => {
    const stack =
      'java.lang.NullPointerException\n\tat java.util.Objects.requireNonNull(Objects.java:209)\n\tat com.shop.Cart.add(Cart.java:42)';
    assert.deepEqual(topFrame(stack), { file: 'Cart.java', function: 'com.shop.Cart.add' });
  });

  it('is the first of all when only libraries are on the stack', () => {
    assert.equal(topFrame('Error\n    at f (/a/node_modules/x/index.js:1:2)').file, '/a/node_modules/x/index.js');
  });

  it('is unknown where there is no stack', () => {
    assert.deepEqual(topFrame('something went wrong'), { file: null, function: null });
  });
});
