import { commit, type SuspectCase } from './suspectCase';

/** A change of the program itself is to blame. */
export const codeCases: readonly SuspectCase[] = [
  {
    name: 'ts-null-after-cleanup',
    service: 'baskets',
    title: 'baskets answers with 500',
    calls: { web: ['baskets'], baskets: ['prices'] },
    series: [
      ['baskets', 'http_5xx_ratio', 'fraction', 0.002, 0.31],
      ['baskets', 'http_requests', 'request', 900, 880],
    ],
    logs: [['baskets', 'error', "TypeError: Cannot read properties of undefined (reading 'amount')"]],
    commits: [
      commit('guilty', 35, 'refactor: read vouchers in one place', {
        'services/baskets/src/vouchers.ts':
          ' export function rebate(basket: Basket): number {\n-  return basket.voucher?.amount ?? 0;\n+  return basket.voucher.amount;\n }',
      }),
      commit('decoy', 12, 'feat: keep a note with each basket', {
        'services/baskets/src/notes.ts': '+export const note = (basket: Basket) => basket.note ?? "";',
      }),
    ],
    deployments: [
      [30, 'baskets', 'guilty'],
      [8, 'baskets', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'java-pool-leak',
    service: 'invoices',
    title: 'invoices is slow',
    calls: { web: ['invoices'], invoices: ['invoicedb'] },
    series: [
      ['invoices', 'http_request_duration_p95', 'millisecond', 120, 4100],
      ['invoices', 'hikari_active_connections', null, 6, 30],
    ],
    logs: [
      [
        'invoices',
        'error',
        'java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available, request timed out after 30000ms',
      ],
    ],
    commits: [
      commit('guilty', 95, 'Simplify the export of invoices', {
        'services/invoices/src/main/java/acme/ExportDao.java':
          '-        try (Connection c = source.getConnection(); PreparedStatement s = c.prepareStatement(SQL)) {\n-            return rows(s.executeQuery());\n-        }\n+        Connection c = source.getConnection();\n+        PreparedStatement s = c.prepareStatement(SQL);\n+        return rows(s.executeQuery());',
      }),
      commit('decoy', 20, 'Raise the number of rows in the preview', {
        'services/invoices/src/main/java/acme/Preview.java': '-    static final int ROWS = 20;\n+    static final int ROWS = 25;',
      }),
    ],
    deployments: [
      [90, 'invoices', 'guilty'],
      [15, 'invoices', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'python-n-plus-one',
    service: 'orders',
    title: 'p95 of orders above 2 s',
    calls: { web: ['orders'], orders: ['ordersdb'] },
    series: [
      ['orders', 'http_request_duration_p95', 'millisecond', 210, 2900],
      ['ordersdb', 'db_queries_per_second', 'query', 300, 4800],
    ],
    logs: [['orders', 'warn', 'slow request GET /orders took 2790 ms, 214 statements']],
    commits: [
      commit('guilty', 50, 'Show the customer beside each order', {
        'services/orders/views.py':
          '-    orders = Order.objects.select_related("customer")[:100]\n-    return [row(o) for o in orders]\n+    orders = Order.objects.all()[:100]\n+    result = []\n+    for o in orders:\n+        customer = Customer.objects.get(id=o.customer_id)\n+        result.append(row(o, customer))\n+    return result',
      }),
      commit('decoy', 14, 'Sort orders by date', {
        'services/orders/sorting.py': '-    return sorted(rows)\n+    return sorted(rows, key=lambda r: r.date)',
      }),
    ],
    deployments: [
      [45, 'orders', 'guilty'],
      [10, 'orders', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'go-goroutine-leak',
    service: 'notifier',
    title: 'notifier memory above 90 %',
    calls: { orders: ['notifier'] },
    series: [
      ['notifier', 'container_memory_usage_percent', 'percent', 41, 96],
      ['notifier', 'go_goroutines', null, 120, 48000],
    ],
    logs: [['notifier', 'error', 'Killed: container notifier exceeded its memory limit (OOMKilled)']],
    commits: [
      commit('guilty', 300, 'notifier: push events as they come', {
        'services/notifier/hub.go':
          '+\tfor ev := range h.events {\n+\t\tticker := time.NewTicker(time.Second)\n+\t\tgo func() {\n+\t\t\tfor range ticker.C {\n+\t\t\t\th.flush(ev)\n+\t\t\t}\n+\t\t}()\n+\t}',
      }),
      commit('decoy', 18, 'notifier: shorter subject lines', {
        'services/notifier/subject.go': '-\treturn title + " - " + shop\n+\treturn title',
      }),
    ],
    deployments: [
      [290, 'notifier', 'guilty'],
      [12, 'notifier', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'ruby-cache-removed',
    service: 'catalogue',
    title: 'catalogue latency',
    calls: { web: ['catalogue'], catalogue: ['itemsdb'] },
    series: [
      ['catalogue', 'request_latency_p99', 'millisecond', 80, 950],
      ['itemsdb', 'cpu_utilization', 'percent', 22, 91],
    ],
    logs: [['itemsdb', 'warn', 'statement took 810 ms: SELECT * FROM items WHERE slug = $1']],
    commits: [
      commit('guilty', 40, 'Always show fresh items', {
        'services/catalogue/app/models/item.rb':
          '   def self.by_slug(slug)\n-    Rails.cache.fetch("item/#{slug}", expires_in: 10.minutes) { find_by!(slug: slug) }\n+    find_by!(slug: slug)\n   end',
      }),
      commit('decoy', 16, 'Rename the list partial', {
        'services/catalogue/app/helpers/list_helper.rb': '-  render "list"\n+  render "items_list"',
      }),
    ],
    deployments: [
      [33, 'catalogue', 'guilty'],
      [9, 'catalogue', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'go-deadline-shortened',
    service: 'quotes',
    title: 'quotes: calls to rates fail',
    calls: { web: ['quotes'], quotes: ['rates'] },
    series: [
      ['quotes', 'rpc_error_ratio', 'fraction', 0.001, 0.42],
      ['rates', 'rpc_latency_p99', 'millisecond', 380, 385],
    ],
    logs: [['quotes', 'error', 'rates.Get: rpc error: code = DeadlineExceeded desc = context deadline exceeded after 150ms']],
    commits: [
      commit('guilty', 28, 'quotes: one place for client options', {
        'services/quotes/client.go':
          '-\tctx, cancel := context.WithTimeout(ctx, 2*time.Second)\n+\tctx, cancel := context.WithTimeout(ctx, 150*time.Millisecond)',
      }),
      commit('decoy', 6, 'rates: tidy the handler', {
        'services/rates/handler.go': '-\tif err != nil { return nil, err }\n-\treturn out, nil\n+\treturn out, err',
      }),
    ],
    deployments: [
      [22, 'quotes', 'guilty'],
      [4, 'rates', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'ts-retry-storm',
    service: 'ledger',
    title: 'ledger overloaded',
    calls: { payments: ['ledger'] },
    series: [
      ['ledger', 'cpu_utilization', 'percent', 35, 97],
      ['ledger', 'requests_per_second', 'request', 400, 3100],
      ['payments', 'requests_per_second', 'request', 210, 215],
    ],
    logs: [
      ['ledger', 'error', '429 Too Many Requests: ledger sheds load'],
      ['payments', 'warn', 'ledger answered 429, will try again'],
    ],
    commits: [
      commit('guilty', 31, 'payments: never give up on a booking', {
        'services/payments/src/ledgerClient.ts':
          '-const RETRIES = 2;\n-const BACKOFF_MS = 400;\n+const RETRIES = 15;\n+const BACKOFF_MS = 0;',
      }),
      commit('decoy', 11, 'ledger: use the new date library', {
        'services/ledger/src/dates.ts': '-import moment from "moment";\n+import { DateTime } from "luxon";',
      }),
    ],
    deployments: [
      [26, 'payments', 'guilty'],
      [7, 'ledger', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'python-regex',
    service: 'signup',
    title: 'signup CPU',
    calls: { web: ['signup'] },
    series: [
      ['signup', 'cpu_utilization', 'percent', 18, 99],
      ['signup', 'request_latency_p99', 'millisecond', 60, 9000],
    ],
    logs: [['signup', 'warn', 'worker 4 did not answer for 8 s and was killed']],
    commits: [
      commit('guilty', 44, 'signup: accept more forms of addresses', {
        'services/signup/validators.py':
          '-ADDRESS = re.compile(r"^[^@]+@[^@]+$")\n+ADDRESS = re.compile(r"^([a-z0-9]+[._-]?)+@([a-z0-9]+[.-]?)+$")',
      }),
      commit('decoy', 13, 'signup: greet by first name', {
        'services/signup/mail.py': '-    greeting = name\n+    greeting = name.split()[0]',
      }),
    ],
    deployments: [
      [39, 'signup', 'guilty'],
      [6, 'signup', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'java-field-renamed',
    service: 'shipping',
    title: 'shipping cannot read orders',
    calls: { orders: ['shipping'] },
    series: [['shipping', 'message_error_ratio', 'fraction', 0, 0.97]],
    logs: [['shipping', 'error', 'com.fasterxml.jackson.databind.exc.MismatchedInputException: missing required property "postCode"']],
    commits: [
      commit('guilty', 52, 'orders: spell fields as the style guide asks', {
        'services/orders/src/main/java/acme/OrderPlaced.java':
          '-    @JsonProperty("postCode")\n+    @JsonProperty("postal_code")\n     private String postCode;',
      }),
      commit('decoy', 15, 'shipping: log the carrier', {
        'services/shipping/src/main/java/acme/Labels.java': '+        log.info("carrier {}", carrier);',
      }),
    ],
    deployments: [
      [47, 'orders', 'guilty'],
      [11, 'shipping', 'decoy'],
    ],
    guilty: 'guilty',
  },
];
