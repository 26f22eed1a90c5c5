import { commit, type SuspectCase } from './suspectCase';

/** A second look at what the rules make of what they were not made for. */
export const secondCases: readonly SuspectCase[] = [
  {
    name: 'cron-in-every-pod',
    service: 'billing-db',
    title: 'billing-db connections',
    calls: { billing: ['billing-db'] },
    series: [
      ['billing-db', 'pg_connections_used', null, 40, 198],
      ['billing', 'http_p95_ms', 'millisecond', 80, 2600],
    ],
    logs: [['billing', 'error', 'FATAL: sorry, too many clients already']],
    commits: [
      commit('guilty', 29, 'billing: bigger pods, bigger pools', {
        'billing/config/database.yml': ' production:\n-  pool: 5\n+  pool: 50\n   timeout: 5000',
      }),
      commit('decoy-invoice', 40, 'billing: number invoices by year', { 'billing/app/numbers.rb': '-  "#{seq}"\n+  "#{year}-#{seq}"' }),
      commit('decoy-newest', 6, 'billing: log the client of each request', { 'billing/app/log.rb': '+  logger.info("client=#{client}")' }),
    ],
    deployments: [
      [12, 'billing', 'guilty'],
      [4, 'billing', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'null-from-optional',
    service: 'quotes',
    title: 'quotes 5xx',
    calls: { web: ['quotes'] },
    series: [['quotes', 'http_5xx_ratio', 'fraction', 0.002, 0.27]],
    logs: [
      [
        'quotes',
        'error',
        'java.lang.NullPointerException: Cannot invoke "com.acme.quotes.Discount.percent()" because "discount" is null',
        'java.lang.NullPointerException: Cannot invoke "com.acme.quotes.Discount.percent()" because "discount" is null\n\tat com.acme.quotes.QuoteService.total(QuoteService.java:14)\n\tat com.acme.quotes.QuoteResource.get(QuoteResource.java:31)',
      ],
    ],
    commits: [
      commit('guilty', 45, 'quotes: less ceremony', {
        'quotes/src/main/java/com/acme/quotes/QuoteService.java':
          '   Money total(Customer customer) {\n-    return discounts.of(customer).map(d -> price.less(d.percent())).orElse(price);\n+    Discount discount = discounts.find(customer.id());\n+    return price.less(discount.percent());\n   }',
      }),
      commit('decoy-fix', 21, 'quotes: fix null in the footer', {
        'quotes/src/main/java/com/acme/quotes/Footer.java': '-    return text;\n+    return text == null ? "" : text;',
      }),
    ],
    deployments: [
      [33, 'quotes', 'guilty'],
      [15, 'quotes', 'decoy-fix'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'kept-for-a-moment-only',
    service: 'rates',
    title: 'rates provider throttles',
    calls: { shop: ['rates'] },
    series: [
      ['rates', 'upstream_429_total', null, 0, 75],
      ['rates', 'cache_hit_ratio', 'fraction', 0.98, 0.21],
    ],
    logs: [['rates', 'warn', 'exchange provider: 429 Too Many Requests']],
    commits: [
      commit('guilty', 24, 'rates: fresher rates', {
        'rates/src/cache.rs': '-const TTL: Duration = Duration::from_secs(600);\n+const TTL: Duration = Duration::from_secs(5);',
      }),
      commit('decoy-limit', 50, 'rates: count refusals of the provider', {
        'rates/src/metrics.rs': '+    counter!("upstream_429_total").increment(1);',
      }),
      commit('decoy-newest', 5, 'shop: prices in the list', { 'shop/src/List.tsx': '+  <Price value={item.price} />' }),
    ],
    deployments: [
      [9, 'rates', 'guilty'],
      [3, 'shop', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'template-key-gone',
    service: 'letters',
    title: 'letters failures',
    calls: { claims: ['letters'] },
    series: [['letters', 'render_failed_ratio', 'fraction', 0.002, 0.66]],
    logs: [['letters', 'error', "jinja2.exceptions.UndefinedError: 'policy_holder' is undefined"]],
    commits: [
      commit('guilty', 31, 'claims: send what letters need and no more', {
        'claims/src/letters.py':
          '     payload = {\n         "claim": claim.number,\n-        "policy_holder": claim.holder.name,\n         "amount": str(claim.amount),\n     }',
      }),
      commit('decoy-template', 18, 'letters: a friendlier greeting', { 'letters/templates/claim.txt': '-Dear Sir or Madam,\n+Hello,' }),
      commit('decoy-newest', 6, 'letters: render in parallel', { 'letters/app/render.py': '-WORKERS = 2\n+WORKERS = 4' }),
    ],
    deployments: [
      [10, 'claims', 'guilty'],
      [4, 'letters', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'bucket-policy-elsewhere',
    service: 'media',
    title: 'media errors',
    calls: { site: ['media'] },
    series: [['media', 'http_5xx_ratio', 'fraction', 0.002, 0.4]],
    logs: [['media', 'error', 'S3 GetObject: 503 SlowDown: Please reduce your request rate']],
    commits: [
      commit('decoy-retry', 26, 'media: four attempts instead of three', { 'media/s3.go': '-\tcfg.MaxRetries = 3\n+\tcfg.MaxRetries = 4' }),
      commit('decoy-helper', 14, 'media: a helper for objects', {
        'media/object.go': '+func object(ctx context.Context, key string) ([]byte, error) {\n+\treturn client.Get(ctx, key)\n+}',
      }),
    ],
    deployments: [
      [20, 'media', 'decoy-retry'],
      [8, 'media', 'decoy-helper'],
    ],
    events: [[-4, 'aws', 'S3 increased error rates in eu-central-1', 'We are investigating increased error rates.']],
    guilty: null,
  },
  {
    name: 'partition-fills',
    service: 'journal',
    title: 'journal disk',
    calls: { core: ['journal'] },
    series: [['journal', 'disk_used_percent', 'percent', 88, 100]],
    logs: [['journal', 'error', 'ERROR: could not extend file "base/16401/2619": No space left on device']],
    commits: [
      commit('decoy-column', 48, 'journal: a shorter name for entries', {
        'journal/src/entry.py': '-def make_journal_entry(x):\n+def entry(x):',
      }),
      commit('decoy-newest', 8, 'core: fewer fields in the journal', { 'core/src/journal.ts': '-  fields: all,\n+  fields: changed,' }),
    ],
    deployments: [
      [40, 'journal', 'decoy-column'],
      [6, 'core', 'decoy-newest'],
    ],
    guilty: null,
  },
];
