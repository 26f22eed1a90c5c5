import assert from 'node:assert/strict';
import fc from 'fast-check';
import { registeredHandler } from '../../../src/code/routeHandler';

/** What the handler looks like in the text, `inline` or `named`, and the text that it begins with. */
function found(text: string, line = 1, column: number | null = null): [string, string] | null {
  const handler = registeredHandler(text, line, column);
  return handler && [handler.kind, text.slice(handler.offset).split(/[\n(),;.\]} ]/)[0]!];
}

describe('The handler that a line registers', () => {
  const cases: [string, string, [string, string] | null][] = [
    ['a name', "app.get('/x', list);", ['named', 'list']],
    ['the last of several', "app.post('/x', auth, limit(5), create)", ['named', 'create']],
    ['a method of an object', "app.get('/x', orders.list)", ['named', 'list']],
    ['a method that is bound', "app.get('/x', this.orders.list.bind(this.orders))", ['named', 'list']],
    ['what a wrapper wraps', "app.get('/x', wrap(catchErrors(orders.list)))", ['named', 'list']],
    ['an arrow function', "app.get('/x', (request, response) => response.end())", ['inline', '']],
    ['an arrow function of one parameter', "app.get('/x', context => context.text('x'))", ['inline', 'context']],
    ['an arrow function with defaults and types', "app.get('/x', async (a = f(1), b: B): Promise<void> => {})", ['inline', 'async']],
    ['a function expression', "app.get('/x', async function list(request) {})", ['inline', 'async']],
    ['a wrapped arrow function', "app.get('/x', wrap(async (request) => { log.get('a', b); }))", ['inline', 'async']],
    ['the last of a list', "app.get('/x', [auth, list])", ['named', 'list']],
    ['the handler of an object', "fastify.route({ method: 'GET', url: '/x', handler: list })", ['named', 'list']],
    ['the short handler of an object', "fastify.route({ url: '/x', handler })", ['named', 'handler']],
    ['the method handler of an object', "fastify.route({ url: '/x', async handler(request) { return 1; } })", ['inline', 'handler']],
    ['a name behind comments', "app.get('/x', /* a, b) */ list // c\n)", ['named', 'list']],
    ['a name after a path with brackets', "app.get('/x/:id(\\\\d+)', list)", ['named', 'list']],
    ['a name after a template', 'app.get(`/$base/x,(`, list)', ['named', 'list']],
    ['nothing without a handler', "const value = map.get('key');", null],
    ['nothing where the call does not end', "app.get('/x', list", null],
    ['nothing where a choice is made', "app.get('/x', on ? list : none)", null],
    ['nothing where nothing is registered', 'const total = sum(prices);', null],
  ];
  for (const [title, text, expected] of cases) it(`is ${title}`, () => assert.deepEqual(found(text), expected));

  it('is found over several lines', () => {
    const text =
      "start((app) => {\n  app.get(\n    '/categories',\n    route(async (_request, response) => {\n      done();\n    }),\n  );\n});\n";
    assert.equal(text.slice(0, registeredHandler(text, 2, 7)!.offset).split('\n').length, 4);
  });

  it('is that of the call at the column where several are on a line', () => {
    const text = "router.route('/x').get(list).post(create);";
    assert.deepEqual(found(text, 1, text.indexOf('post') + 1), ['named', 'create']);
    assert.deepEqual(found(text, 1, text.indexOf('get') + 1), ['named', 'list']);
    assert.deepEqual(found(text), ['named', 'list']);
    assert.deepEqual(found(text, 1, 4000), ['named', 'list']);
  });

  it('is none on a line that the text does not have', () => assert.equal(found("app.get('/x', list)", 9), null));

  it('is looked for without a crash in any text', () => {
    const piece = fc.oneof(
      fc.constantFrom('.get(', '(', ')', '{', '}', '[', ',', '=>', "'", '`', '//', '/*', '\\', '\n', 'a'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), fc.nat(5), fc.option(fc.nat(50)), (pieces, line, column) => {
        const text = pieces.join('');
        const handler = registeredHandler(text, line + 1, column);
        assert.ok(handler === null || (handler.offset >= 0 && handler.offset < text.length));
      }),
    );
  });

  it('is looked for in a bounded part of a hostile line', () => {
    let reads = 0;
    const hostile = '.get('.repeat(200_000);
    const counted = new Proxy(new String(hostile), {
      get(target, name) {
        if (name === 'charAt') reads += 1;
        const value = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    assert.equal(registeredHandler(counted as unknown as string, 1, null), null);
    assert.ok(reads < 20_000_000, `${reads} reads`);
  });
});
