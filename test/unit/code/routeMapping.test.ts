import assert from 'node:assert/strict';
import { createFrameMapper } from '../../../src/code/mapping';
import { createMemoryRepository, type Tree } from './memoryRepository';

const { signal } = new AbortController();
const lines = (...rows: string[]) => `${rows.join('\n')}\n`;

async function find(resource: string, now: Tree, service: string | null = null) {
  const { location, candidates, reason } = await createFrameMapper([createMemoryRepository({ now })]).mapRoute(
    resource,
    { commit: null, service },
    signal,
  );
  return {
    at: location === null ? null : `${location.path}:${location.line}`,
    candidates: candidates.map(({ path }) => path),
    reason,
    score: location?.score ?? 0,
  };
}

describe('Mapping a route to the line that registers it', () => {
  const frameworks: readonly [string, string, string, string[]][] = [
    ['Express', 'GET /orders/:id', 'src/orders.js', ["router.post('/orders/:id', update);", "router.get('/orders/:id', (req, res) => {"]],
    ['Fastify', 'POST /orders', 'src/orders.ts', ["app.get('/orders', list)", "fastify.post('/orders', { schema }, create)"]],
    ['NestJS', 'GET /orders/{id}', 'src/orders.controller.ts', ["@Controller('orders')", "@Get(':id')", 'find() {}', 'export class A {}']],
    ['Flask', 'POST /orders', 'shop/views.py', ["@app.route('/orders', methods=['GET'])", "@app.route('/orders', methods=['POST'])"]],
    ['FastAPI', 'GET /orders/{order_id}', 'shop/api.py', ['router = APIRouter(prefix="/orders")', '@router.get("/{order_id}")']],
    [
      'Django',
      'GET orders/<int:pk>/',
      'shop/urls.py',
      ["    path('orders/', views.orders),", "    path('orders/<int:pk>/', views.order),"],
    ],
    [
      'Spring',
      'GET /orders/{id}',
      'src/A.java',
      ['@RequestMapping("/orders")', '@GetMapping("/{id}")', 'class A {', '@PostMapping("/{id}")'],
    ],
    ['JAX-RS', 'DELETE /orders/{id}', 'src/A.java', ['@GET @Path("/orders/{id}")', '@DELETE', '@Path("/orders/{id}")']],
    [
      'Rails',
      'GET /orders/:id',
      'config/routes.rb',
      ["  post '/orders/:id', to: 'orders#update'", "  get '/orders/:id', to: 'orders#show'"],
    ],
    ['Gin', 'GET /orders/:id', 'main.go', ['r.POST("/orders/:id", update)', 'r.GET("/orders/:id", show)']],
    [
      'net/http',
      'GET /orders/{id}',
      'main.go',
      ['mux.HandleFunc("POST /orders/{id}", update)', 'mux.HandleFunc("GET /orders/{id}", show)'],
    ],
    ['ASP.NET', 'GET /orders/{id}', 'Program.cs', ['app.MapPost("/orders/{id}", Update);', 'app.MapGet("/orders/{id}", Show);']],
    [
      'Laravel',
      'GET /orders/{id}',
      'routes/web.php',
      ["Route::post('/orders/{id}', X);", "Route::get('/orders/{id}', [OrderController::class, 'show']);"],
    ],
    ['axum', 'GET /orders/:id', 'src/main.rs', ['.route("/orders/:id", post(update))', '.route("/orders/:id", get(show))']],
    [
      'Phoenix',
      'GET /orders/:id',
      'lib/router.ex',
      ['  post "/orders/:id", OrderController, :update', '  get "/orders/:id", OrderController, :show'],
    ],
  ];
  const expected: Readonly<Record<string, number>> = { JAX: 3, Spring: 2 };
  for (const [framework, resource, path, rows] of frameworks) {
    it(`knows ${framework}`, async () => {
      const { at, reason } = await find(resource, { [path]: lines(...rows), 'src/other.js': "app.get('/', home)\n" });
      assert.equal(at, `${path}:${expected[framework.split('-')[0] ?? ''] ?? 2}`, reason);
    });
  }

  it('is less sure of a mounted router, whose prefix stands elsewhere', async () => {
    const mounted = await find('GET /api/orders/:id', { 'src/orders.js': "router.get('/orders/:id', show)\n" });
    const whole = await find('GET /orders/:id', { 'src/orders.js': "router.get('/orders/:id', show)\n" });
    assert.equal(mounted.at, 'src/orders.js:1');
    assert.ok(mounted.score < whole.score);
    assert.match(mounted.reason, /end of the route/);
  });

  it('chooses none of two registrations that fit as well, but prefers those of the service', async () => {
    const now = { 'services/cart/app.js': "app.get('/health', ok)\n", 'services/orders/app.js': "app.get('/health', ok)\n" };
    const tied = await find('GET /health', now);
    assert.equal(tied.at, null);
    assert.deepEqual(tied.candidates.sort(), Object.keys(now));
    assert.match(tied.reason, /2 places/);
    assert.equal((await find('GET /health', now, 'orders')).at, 'services/orders/app.js:1');
  });

  it('looks neither into tests, nor libraries, nor comments', async () => {
    const text = "app.get('/orders', list)\n";
    const now = { 'test/orders.test.js': text, 'node_modules/x/index.js': text, 'src/a.js': `// ${text}` };
    const { at, candidates } = await find('GET /orders', now);
    assert.deepEqual([at, candidates], [null, []]);
  });

  it('finds nothing where nothing is registered, and says so', async () => {
    assert.match((await find('GET /nowhere', { 'src/a.js': "app.get('/orders', list)\n" })).reason, /No file of the workspace registers/);
    assert.match((await find('SELECT * FROM orders', { 'src/a.js': 'x\n' })).reason, /not that of a function/);
  });

  it("finds a controller's action by its name", async () => {
    const now = {
      'app/controllers/orders_controller.rb': lines('class OrdersController', '  def index', '  end', '  def show', '  end', 'end'),
      'src/main/java/com/acme/shop/OrderController.java': lines(
        'package com.acme.shop;',
        'class OrderController {',
        '  Order show(String id) {',
        '  }',
        '}',
      ),
      'src/main/java/com/acme/other/OrderController.java': lines(
        'package com.acme.other;',
        'class OrderController {',
        '  Order show(String id) {',
        '  }',
        '}',
      ),
      'shop/views.py': lines('import x', '', 'def order_detail(request, pk):', '    pass'),
    };
    assert.equal((await find('OrdersController#show', now)).at, 'app/controllers/orders_controller.rb:4');
    assert.equal((await find('com.acme.shop.OrderController.show', now)).at, 'src/main/java/com/acme/shop/OrderController.java:3');
    assert.equal((await find('shop.views.order_detail', now)).at, 'shop/views.py:3');
    assert.equal((await find('OrderController.show', now)).at, null);
  });

  it('reads the files again when it is told that they changed', async () => {
    const now: Record<string, string> = { 'src/a.js': "app.get('/orders', list)\n" };
    const repository = createMemoryRepository({ now });
    const mapper = createFrameMapper([repository]);
    const context = { commit: null, service: null };
    assert.equal((await mapper.mapRoute('GET /orders', context, signal)).location?.line, 1);
    now['src/a.js'] = "\napp.get('/orders', list)\n";
    await mapper.filesChanged(repository, ['src/a.js'], signal);
    assert.equal((await mapper.mapRoute('GET /orders', context, signal)).location?.line, 2);
  });
});
