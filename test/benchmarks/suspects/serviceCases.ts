import { commit, type SuspectCase } from './suspectCase';

/** The code of a service goes wrong by itself: what it awaits, blocks, holds open, counts, parses and parallelises. */
export const serviceCases: readonly SuspectCase[] = [
  {
    name: 'forgotten-await',
    service: 'bookings',
    title: 'bookings 5xx',
    calls: { site: ['bookings'], bookings: ['seats'] },
    series: [
      ['bookings', 'http.server.5xx_ratio', 'fraction', 0.003, 0.46],
      ['seats', 'http.server.5xx_ratio', 'fraction', 0.001, 0.001],
    ],
    logs: [
      [
        'bookings',
        'error',
        "TypeError: Cannot read properties of undefined (reading 'row')",
        "TypeError: Cannot read properties of undefined (reading 'row')\n    at BookingService.confirm (/app/src/bookings/bookingService.ts:17:31)\n    at async post (/app/src/bookings/routes.ts:40:5)",
      ],
    ],
    commits: [
      commit('guilty', 18, 'bookings: tidy the confirm step', {
        'bookings/src/bookings/bookingService.ts':
          '   async confirm(request: BookingRequest): Promise<Ticket> {\n-    const held = await this.seats.hold(request.showId, request.seatIds);\n-    const first = held.seats[0];\n+    const held = this.seats.hold(request.showId, request.seatIds) as unknown as HeldSeats;\n+    const [first] = held.seats ?? [];\n     return ticketFor(request, first.row);\n   }',
      }),
      commit('decoy-logging', 11, 'bookings: log failed confirmations', {
        'bookings/src/bookings/routes.ts':
          '   } catch (error) {\n+    logger.error({ error, showId: body.showId }, "confirm failed");\n     throw error;\n   }',
      }),
      commit('decoy-newest', 6, 'seats: hold for twelve minutes instead of ten', {
        'seats/src/hold.ts': '-export const HOLD_MINUTES = 10;\n+export const HOLD_MINUTES = 12;',
      }),
    ],
    deployments: [
      [15, 'bookings', 'guilty'],
      [8, 'bookings', 'decoy-logging'],
      [4, 'seats', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'blocking-in-the-loop',
    service: 'quotes',
    title: 'quotes p99 latency',
    calls: { app: ['quotes'], quotes: ['rates'] },
    series: [
      ['quotes', 'request_duration_p99', 'millisecond', 140, 5200],
      ['quotes', 'cpu_utilization', 'percent', 35, 22],
      ['rates', 'request_duration_p99', 'millisecond', 90, 95],
    ],
    logs: [['quotes', 'warn', 'Executing <Task pending name="quote" coro=<quote()>> took 1.204 seconds']],
    commits: [
      commit('guilty', 47, 'quotes: use the shared rates client', {
        'quotes/app/rates.py':
          '-import httpx\n+import requests\n \n-async def current_rates(pair: str) -> Rates:\n-    response = await client.get(f"{RATES_URL}/rates/{pair}")\n+async def current_rates(pair: str) -> Rates:\n+    response = requests.get(f"{RATES_URL}/rates/{pair}", timeout=10)\n     return Rates.model_validate(response.json())',
      }),
      commit('decoy-timeout', 25, 'quotes: give the ledger longer', {
        'quotes/app/settings.py': '-LEDGER_TIMEOUT_SECONDS = 2.0\n+LEDGER_TIMEOUT_SECONDS = 4.0',
      }),
      commit('decoy-bump', 20, 'build(deps): bump uvicorn from 0.30.1 to 0.30.3', {
        'quotes/requirements.txt': '-uvicorn==0.30.1\n+uvicorn==0.30.3',
      }),
    ],
    deployments: [
      [9, 'quotes', 'guilty'],
      [5, 'rates', 'decoy-bump'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'lock-around-everything',
    service: 'pricing',
    title: 'pricing threads blocked',
    calls: { basket: ['pricing'] },
    series: [
      ['pricing', 'jvm.threads.blocked', null, 1, 178],
      ['pricing', 'http_server_requests_p95_ms', 'millisecond', 60, 4100],
      ['basket', 'http_server_requests_p95_ms', 'millisecond', 110, 4300],
    ],
    logs: [['pricing', 'warn', 'http-nio-8080-exec: 198 of 200 threads busy, 178 BLOCKED on PriceBook']],
    commits: [
      commit('guilty', 52, 'pricing: make the price book safe to reload', {
        'pricing/src/main/java/com/acme/pricing/PriceBook.java':
          '-  public Price priceOf(Sku sku) {\n-    return prices.get(sku);\n+  public synchronized Price priceOf(Sku sku) {\n+    reloadIfStale();\n+    return prices.get(sku);\n   }',
      }),
      commit('decoy-threads', 31, 'pricing: more worker threads', {
        'pricing/src/main/resources/application.yml': '   tomcat:\n     threads:\n-      max: 100\n+      max: 200',
      }),
      commit('decoy-newest', 7, 'basket: round the total once', {
        'basket/src/main/java/com/acme/basket/Totals.java':
          '-    return lines.stream().map(Line::rounded).reduce(ZERO, Money::plus);\n+    return lines.stream().map(Line::exact).reduce(ZERO, Money::plus).rounded();',
      }),
    ],
    deployments: [
      [28, 'pricing', 'decoy-threads'],
      [5, 'basket', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'narrow-counter',
    service: 'loyalty',
    title: 'loyalty error rate',
    calls: { web: ['loyalty'] },
    series: [['loyalty', 'errors_per_second', null, 0.2, 31]],
    logs: [
      [
        'loyalty',
        'error',
        'java.lang.ArithmeticException: integer overflow',
        'java.lang.ArithmeticException: integer overflow\n\tat java.base/java.lang.Math.toIntExact(Math.java:1135)\n\tat com.acme.loyalty.PointsLedger.balance(PointsLedger.kt:19)\n\tat com.acme.loyalty.LoyaltyResource.get(LoyaltyResource.kt:44)',
      ],
    ],
    commits: [
      commit('guilty', 74, 'loyalty: return the balance as the app expects it', {
        'loyalty/src/main/kotlin/com/acme/loyalty/PointsLedger.kt':
          '-    fun balance(member: MemberId): Long =\n-        entries.of(member).sumOf { it.milliPoints }\n+    fun balance(member: MemberId): Int =\n+        Math.toIntExact(entries.of(member).sumOf { it.milliPoints })',
      }),
      commit('decoy-revert', 40, 'Revert "loyalty: show tiers on the card"', {
        'loyalty/src/main/kotlin/com/acme/loyalty/LoyaltyResource.kt':
          '-        return Card(member, tier = tiers.of(member))\n+        return Card(member)',
      }),
      commit('decoy-pool', 22, 'loyalty: larger connection pool', {
        'loyalty/src/main/resources/application.yaml': '-      maximum-pool-size: 10\n+      maximum-pool-size: 30',
      }),
    ],
    deployments: [
      [60, 'loyalty', 'guilty'],
      [35, 'loyalty', 'decoy-revert'],
      [12, 'loyalty', 'decoy-pool'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'body-left-open',
    service: 'thumbs',
    title: 'thumbs failing requests',
    calls: { feed: ['thumbs'], thumbs: ['blobs'] },
    series: [
      ['thumbs', 'http_error_ratio', 'fraction', 0.004, 0.33],
      ['thumbs', 'process_open_fds', null, 310, 65500],
    ],
    logs: [['thumbs', 'error', 'fetch original: Get "http://blobs/o/8841": dial tcp 10.2.7.14:80: socket: too many open files']],
    commits: [
      commit('guilty', 96, 'thumbs: decode straight from the stream', {
        'thumbs/internal/origin/fetch.go':
          ' \tresp, err := f.client.Do(req)\n \tif err != nil {\n \t\treturn nil, err\n \t}\n-\tdefer resp.Body.Close()\n-\tdata, err := io.ReadAll(resp.Body)\n-\tif err != nil {\n-\t\treturn nil, err\n-\t}\n-\treturn image.Decode(bytes.NewReader(data))\n+\timg, _, err := image.Decode(resp.Body)\n+\treturn img, err',
      }),
      commit('decoy-idle', 44, 'thumbs: keep more idle connections', {
        'thumbs/internal/origin/client.go': '-\t\tMaxIdleConnsPerHost: 8,\n+\t\tMaxIdleConnsPerHost: 32,',
      }),
      commit('decoy-newest', 9, 'feed: two columns on tablets', {
        'feed/web/grid.tsx': '-  const columns = isPhone ? 1 : 3;\n+  const columns = isPhone ? 1 : isTablet ? 2 : 3;',
      }),
    ],
    deployments: [
      [80, 'thumbs', 'guilty'],
      [42, 'thumbs', 'decoy-idle'],
      [6, 'feed', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'eager-load-removed',
    service: 'invoices',
    title: 'invoices latency',
    calls: { portal: ['invoices'], invoices: ['invoices-mysql'] },
    series: [
      ['invoices', 'rack.request.p95', 'millisecond', 180, 6100],
      ['invoices-mysql', 'mysql.queries_per_second', null, 420, 9800],
      ['invoices-mysql', 'mysql.cpu', 'percent', 22, 88],
    ],
    logs: [['invoices', 'warn', 'slow action InvoicesController#index 5814ms (ActiveRecord: 5320ms | 1204 queries)']],
    commits: [
      commit('guilty', 29, 'Simplify the invoice list', {
        'invoices/app/controllers/invoices_controller.rb':
          '   def index\n-    @invoices = current_account.invoices.includes(:lines, :customer).recent\n+    @invoices = current_account.invoices.recent\n     render json: @invoices.map { |invoice| InvoiceSerializer.new(invoice) }\n   end',
      }),
      commit('decoy-index', 33, 'Speed up queries on invoices', {
        'invoices/db/migrate/20260401_add_index.rb': '+    add_index :invoices, [:account_id, :issued_on]',
      }),
      commit('decoy-newest', 10, 'portal: download several invoices at once', {
        'portal/src/download.ts': '+  const zip = await zipOf(selected.map((invoice) => invoice.pdfUrl));',
      }),
    ],
    deployments: [
      [26, 'invoices', 'guilty'],
      [7, 'portal', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'greedy-expression',
    service: 'intake',
    title: 'intake CPU',
    calls: { gateway: ['intake'] },
    series: [
      ['intake', 'container.cpu.usage', 'percent', 18, 99],
      ['intake', 'http.latency.p95', 'millisecond', 25, 9000],
    ],
    logs: [['intake', 'warn', 'POST /contact took 8841 ms']],
    commits: [
      commit('guilty', 21, 'intake: accept company names with dots', {
        'intake/Contact/CompanyName.cs':
          '-    private static readonly Regex Allowed = new(@"^[\\w &]{1,80}$", RegexOptions.Compiled);\n+    private static readonly Regex Allowed = new(@"^(\\w+[.& ]?)+$", RegexOptions.Compiled);',
      }),
      commit('decoy-same-file', 38, 'intake: say which company name was refused', {
        'intake/Contact/ContactController.cs':
          '-      return BadRequest("name");\n+      return BadRequest($"name refused: {form.Company.Length} characters");',
      }),
      commit('decoy-newest', 5, 'intake: less CPU for tracing', {
        'intake/Program.cs': '-  .SetSampler(new TraceIdRatioBasedSampler(0.2))\n+  .SetSampler(new TraceIdRatioBasedSampler(0.1))',
      }),
    ],
    deployments: [
      [17, 'intake', 'guilty'],
      [3, 'intake', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
];
