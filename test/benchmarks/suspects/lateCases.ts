import { commit, type SuspectCase } from './suspectCase';

/** The harm comes late, or from another service: a flag, a job, a dependency, a lock, a consumer of what was changed. */
export const lateCases: readonly SuspectCase[] = [
  {
    name: 'flag-wakes-old-code',
    service: 'checkout',
    title: 'checkout errors',
    calls: { web: ['checkout'], checkout: ['taxes'] },
    series: [['checkout', 'http_5xx_ratio', 'fraction', 0.002, 0.38]],
    logs: [['checkout', 'error', 'NoMethodError: undefined method `rate` for nil']],
    commits: [
      commit('guilty', 2600, 'checkout: taxes by region, behind a flag', {
        'services/checkout/app/taxes.rb':
          '+  if Flags.on?(:regional_taxes)\n+    region = regions[order.address.region]\n+    return order.total * region.rate\n+  end',
      }),
      commit('decoy', 30, 'checkout: keep the basket for a week', {
        'services/checkout/app/basket.rb': '-  expires 3.days\n+  expires 7.days',
      }),
    ],
    deployments: [
      [2500, 'checkout', 'guilty'],
      [25, 'checkout', 'decoy'],
    ],
    flags: [[3, 'checkout', 'regional_taxes', 'off->on']],
    guilty: 'guilty',
  },
  {
    name: 'cron-at-peak',
    service: 'stockdb',
    title: 'stockdb CPU',
    calls: { stock: ['stockdb'], web: ['stock'] },
    series: [
      ['stockdb', 'cpu_utilization', 'percent', 28, 96],
      ['stock', 'request_latency_p95', 'millisecond', 50, 900],
    ],
    logs: [['stockdb', 'warn', 'statement took 4100 ms: REFRESH MATERIALIZED VIEW stock_report']],
    commits: [
      commit('guilty', 240, 'stock: a fresher report', {
        'deploy/stock/cronjob.yaml': ' spec:\n-  schedule: "15 3 * * *"\n+  schedule: "*/5 * * * *"\n   jobTemplate:',
      }),
      commit('decoy', 35, 'stock: sort by shelf', { 'services/stock/shelves.py': '-    return rows\n+    return sorted(rows)' }),
    ],
    deployments: [
      [235, 'stock', 'guilty'],
      [30, 'stock', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'library-upgrade',
    service: 'exports',
    title: 'exports crash at start',
    calls: { web: ['exports'] },
    series: [
      ['exports', 'pod_restarts', null, 0, 9],
      ['exports', 'replicas_available', null, 3, 0],
    ],
    logs: [['exports', 'error', 'java.lang.NoSuchMethodError: org.apache.poi.ss.usermodel.Cell.setCellType; failed to start']],
    commits: [
      commit('guilty', 27, 'Update what builds documents', {
        'services/exports/pom.xml':
          '     <artifactId>poi</artifactId>\n-    <version>3.17</version>\n+    <version>5.2.5</version> <!-- org.apache.poi usermodel -->',
      }),
      commit('decoy', 10, 'Update the test library', {
        'services/exports/build.gradle':
          "-    testImplementation 'org.mockito:mockito-core:5.10.0'\n+    testImplementation 'org.mockito:mockito-core:5.11.0'",
      }),
    ],
    deployments: [
      [20, 'exports', 'guilty'],
      [7, 'exports', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'lock-in-loop',
    service: 'seats',
    title: 'seats: lock waits',
    calls: { web: ['seats'], seats: ['seatsdb'] },
    series: [
      ['seats', 'request_latency_p95', 'millisecond', 70, 5200],
      ['seatsdb', 'lock_waits', null, 1, 80],
    ],
    logs: [['seats', 'error', 'canceling statement due to lock timeout: SELECT * FROM seats WHERE hall = $1 FOR UPDATE']],
    commits: [
      commit('guilty', 43, 'seats: nobody sits on two chairs', {
        'services/seats/repo.go': '-\tq := "SELECT * FROM seats WHERE id = $1"\n+\tq := "SELECT * FROM seats WHERE hall = $1 FOR UPDATE"',
      }),
      commit('decoy', 16, 'seats: show the row', { 'services/seats/view.go': '-\treturn seat.Number\n+\treturn seat.Row + seat.Number' }),
    ],
    deployments: [
      [38, 'seats', 'guilty'],
      [12, 'seats', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'validation-tightened',
    service: 'addresses',
    title: 'addresses answers 422',
    calls: { web: ['addresses'] },
    series: [['addresses', 'http_422_ratio', 'fraction', 0.01, 0.4]],
    logs: [['addresses', 'error', 'validation failed: postal_code must match ^[0-9]{5}$']],
    commits: [
      commit('guilty', 24, 'addresses: keep nonsense out', {
        'services/addresses/src/rules.ts': '-  postal_code: z.string().min(2),\n+  postal_code: z.string().regex(/^[0-9]{5}$/),',
      }),
      commit('decoy', 9, 'addresses: countries in order', {
        'services/addresses/src/countries.ts': '-export const all = load();\n+export const all = load().sort();',
      }),
    ],
    deployments: [
      [19, 'addresses', 'guilty'],
      [5, 'addresses', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'cache-key',
    service: 'profiles',
    title: 'profiles: the cache misses',
    calls: { web: ['profiles'], profiles: ['profilesdb'] },
    series: [
      ['profiles', 'request_latency_p95', 'millisecond', 25, 640],
      ['profiles', 'cache_hit_ratio', 'fraction', 0.96, 0.03],
      ['profilesdb', 'db_queries_per_second', 'query', 90, 2600],
    ],
    logs: [['profiles', 'warn', 'cache miss for profile, reading from profilesdb']],
    commits: [
      commit('guilty', 32, 'profiles: tell keys of tenants apart', {
        'services/profiles/cache.py': '-    cache_key = f"profile:{user_id}"\n+    cache_key = f"profile:{user_id}:{request.id}"',
      }),
      commit('decoy', 14, 'profiles: bigger pictures', { 'services/profiles/pictures.py': '-SIZE = 96\n+SIZE = 128' }),
    ],
    deployments: [
      [27, 'profiles', 'guilty'],
      [9, 'profiles', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'unbounded-map',
    service: 'sessions',
    title: 'sessions memory',
    calls: { web: ['sessions'] },
    series: [['sessions', 'heap_used_percent', 'percent', 35, 98]],
    logs: [['sessions', 'error', 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory']],
    commits: [
      commit('guilty', 900, 'sessions: remember who was here', {
        'services/sessions/src/seen.ts':
          '+const seen = new Map<string, Visit>();\n+export function remember(visit: Visit): void {\n+  seen.set(visit.key, visit);\n+}',
      }),
      commit('decoy', 20, 'sessions: a clearer message', {
        'services/sessions/src/errors.ts': "-  return 'no session';\n+  return 'Please sign in again';",
      }),
    ],
    deployments: [
      [880, 'sessions', 'guilty'],
      [14, 'sessions', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'time-zone',
    service: 'bookings',
    title: 'bookings refused',
    calls: { web: ['bookings'] },
    series: [['bookings', 'rejected_bookings', null, 1, 70]],
    logs: [['bookings', 'error', 'ValueError: start lies in the past: incorrect time zone, expected UTC']],
    commits: [
      commit('guilty', 37, 'bookings: one clock', {
        'services/bookings/clock.py': '-    return datetime.now(timezone.utc)\n+    return datetime.now()',
      }),
      commit('decoy', 11, 'bookings: colours by room', { 'services/bookings/colours.py': '+ROOMS = {"blue": 1}' }),
    ],
    deployments: [
      [31, 'bookings', 'guilty'],
      [7, 'bookings', 'decoy'],
    ],
    guilty: 'guilty',
  },
];
