import assert from 'node:assert/strict';
import fc from 'fast-check';
import { routeRegistrations } from '../../../src/code/routeRegistrations';

const read = (...rows: string[]) =>
  routeRegistrations(rows.join('\n')).map(
    ({ method, template, line, isPrefix }) =>
      `${line}${isPrefix ? '*' : ''} ${method ?? '-'} ${template.map((part) => part ?? '?').join('/')}`,
  );

describe('Lines that register routes', () => {
  it('name their method where they can', () => {
    assert.deepEqual(
      read(
        "app.get('/a', x)",
        'app.del("/b", x)',
        "app.use('/c', x)",
        "router.route('/d').post(x)",
        "fastify.route({ url: '/e', method: 'PUT' })",
      ),
      ['1 GET a', '2 DELETE b', '4 POST d', '5 PUT e'],
    );
  });

  it('may be given a prefix by the class, the router or the group', () => {
    const [route] = routeRegistrations(['@RequestMapping("/api/orders")', 'public class A {', '@GetMapping("/{id}")'].join('\n')).filter(
      ({ isPrefix }) => !isPrefix,
    );
    assert.deepEqual(route?.prefixes, [['api', 'orders']]);
    assert.deepEqual(read('bp = Blueprint("x", url_prefix="/carts")', "@bp.route('/all')"), ['1* - carts', '2 - all']);
  });

  it('have the name of the controller where ASP.NET asks for it', () => {
    assert.deepEqual(read('[Route("api/[controller]")]', 'public class OrdersController : ControllerBase {', '  [HttpGet("{id}")]'), [
      '1* - api/Orders',
      '3 GET ?',
    ]);
  });

  it('may have no path of their own', () => {
    assert.deepEqual(read("@Controller('orders')", 'export class A {', '  @Get()', '  list() {}'), ['1* - orders', '3 GET ']);
  });

  it('are not comments, imports, requests to others or plain texts', () => {
    assert.deepEqual(
      read(
        "// app.get('/a')",
        "import x from './get'",
        'const path = "./a/b.js"',
        'map.get("key")',
        'log("get the /a page")',
        '# app.get("/a")',
      ),
      [],
    );
  });

  it('are read in linear time from any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('get(', '"/a"', "'", '@', '[', ' ', '\n', '`', 'path='), { maxLength: 400 }),
        (parts) => void routeRegistrations(parts.join('')),
      ),
    );
    routeRegistrations('get('.repeat(100_000));
    routeRegistrations(`${'get ("'.repeat(50_000)}\n`.repeat(3));
  });
});
