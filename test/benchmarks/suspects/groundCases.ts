import { commit, type SuspectCase } from './suspectCase';

/** Nothing that was committed did it, though much was: zones, hosts, disks, clocks, traffic and data that grew. */
export const groundCases: readonly SuspectCase[] = [
  {
    name: 'zone-goes-dark',
    service: 'checkout',
    title: 'checkout errors',
    calls: { web: ['checkout'], checkout: ['stock', 'cart-redis'] },
    series: [
      ['checkout', 'http_5xx_ratio', 'fraction', 0.002, 0.34],
      ['stock', 'http_5xx_ratio', 'fraction', 0.001, 0.31],
      ['web', 'http_5xx_ratio', 'fraction', 0.002, 0.36],
      ['cart-redis', 'connected_clients', null, 120, 80],
    ],
    logs: [
      ['checkout', 'error', 'dial tcp 10.4.2.17:6379: connect: no route to host'],
      ['stock', 'error', 'dial tcp 10.4.2.31:5432: i/o timeout'],
      ['web', 'error', 'node ip-10-4-2-9.eu-central-1b is NotReady'],
    ],
    commits: [
      commit('decoy-timeout', 30, 'checkout: dial timeout of three seconds', {
        'checkout/internal/redis/client.go': '-\tDialTimeout: 1 * time.Second,\n+\tDialTimeout: 3 * time.Second,',
      }),
      commit('decoy-newest', 5, 'checkout: connect to the cart lazily', {
        'checkout/internal/cart/cart.go': '-\tclient := connect()\n+\tclient := sync.OnceValue(connect)',
      }),
      commit('decoy-affinity', 200, 'stock: spread over zones', {
        'charts/stock/values.yaml': '+topologySpreadConstraints:\n+  - maxSkew: 1\n+    topologyKey: topology.kubernetes.io/zone',
      }),
    ],
    deployments: [
      [25, 'checkout', 'decoy-timeout'],
      [3, 'checkout', 'decoy-newest'],
    ],
    guilty: null,
  },
  {
    name: 'everybody-comes-at-once',
    service: 'storefront',
    title: 'storefront CPU',
    calls: { cdn: ['storefront'], storefront: ['products'] },
    series: [
      ['storefront', 'cpu_percent', 'percent', 30, 96],
      ['storefront', 'requests_per_second', null, 500, 3900],
      ['cdn', 'requests_per_second', null, 2100, 16_000],
      ['products', 'requests_per_second', null, 480, 3700],
    ],
    logs: [['storefront', 'warn', 'shedding load: 412 requests in flight']],
    commits: [
      commit('decoy-banner', 20, 'storefront: banner for the spring sale', {
        'storefront/src/Banner.tsx': '+export const Banner = () => <a href="/sale">Spring sale: 40 % off</a>;',
      }),
      commit('decoy-scale', 50, 'storefront: scale earlier', {
        'charts/storefront/values.yaml': '-  targetCPUUtilizationPercentage: 75\n+  targetCPUUtilizationPercentage: 60',
      }),
      commit('decoy-newest', 6, 'products: image sizes for phones', { 'products/src/images.ts': '+  phone: { width: 480 },' }),
    ],
    deployments: [
      [15, 'storefront', 'decoy-banner'],
      [4, 'products', 'decoy-newest'],
    ],
    guilty: null,
  },
  {
    name: 'neighbour-on-the-host',
    service: 'geo',
    title: 'geo latency',
    calls: { delivery: ['geo'] },
    series: [
      ['geo', 'request_p99', 'millisecond', 35, 700],
      ['geo', 'system.cpu.stolen', 'percent', 0.3, 46],
      ['geo', 'requests_per_second', null, 220, 221],
    ],
    logs: [['geo', 'warn', 'tile 8/132/86 took 640 ms']],
    commits: [
      commit('decoy-tiles', 27, 'geo: tiles in webp', { 'geo/src/tiles.rs': '-    encode_png(&tile)\n+    encode_webp(&tile, 80)' }),
      commit('decoy-timing', 12, 'geo: log how long a tile takes', {
        'geo/src/server.rs': '+    tracing::warn!("tile {} took {} ms", id, started.elapsed().as_millis());',
      }),
    ],
    deployments: [
      [22, 'geo', 'decoy-tiles'],
      [8, 'geo', 'decoy-timing'],
    ],
    guilty: null,
  },
  {
    name: 'disk-fails',
    service: 'events-pg',
    title: 'events-pg errors',
    calls: { analytics: ['events-pg'] },
    series: [
      ['events-pg', 'postgresql.errors', null, 0, 40],
      ['events-pg', 'disk_read_latency_ms', 'millisecond', 1, 900],
    ],
    logs: [
      ['events-pg', 'error', 'could not read block 18223 in file "base/16384/24601": Input/output error'],
      ['events-pg', 'critical', 'blk_update_request: I/O error, dev nvme1n1, sector 829922'],
    ],
    commits: [
      commit('decoy-index', 45, 'events: index by day', {
        'events-pg/migrations/0042_day.sql': '+CREATE INDEX CONCURRENTLY events_day_idx ON events (day);',
      }),
      commit('decoy-newest', 8, 'analytics: read in larger blocks', {
        'analytics/src/reader.py': '-BLOCK_ROWS = 500\n+BLOCK_ROWS = 800',
      }),
    ],
    deployments: [
      [40, 'events-pg', 'decoy-index'],
      [6, 'analytics', 'decoy-newest'],
    ],
    guilty: null,
  },
  {
    name: 'sequence-at-its-end',
    service: 'audit',
    title: 'audit write failures',
    calls: { admin: ['audit'], audit: ['audit-pg'] },
    series: [['audit', 'write_errors_per_second', null, 0, 22]],
    logs: [['audit', 'error', 'ERROR: nextval: reached maximum value of sequence "audit_entries_id_seq" (2147483647)']],
    commits: [
      commit('decoy-column', 42, 'audit: remember the device', {
        'audit/migrations/0019_device.sql': '+ALTER TABLE audit_entries ADD COLUMN device text;',
      }),
      commit('decoy-write', 20, 'audit: write entries one by one', {
        'audit/src/writer.rb': '-    Entry.insert_all(rows)\n+    rows.each { |row| Entry.create!(row) }',
      }),
      commit('decoy-newest', 8, 'admin: filter by device', { 'admin/src/filter.ts': '+  { name: "device", kind: "text" },' }),
    ],
    deployments: [
      [38, 'audit', 'decoy-column'],
      [16, 'audit', 'decoy-write'],
      [6, 'admin', 'decoy-newest'],
    ],
    guilty: null,
  },
  {
    name: 'clock-drifts',
    service: 'signin',
    title: 'signin rejections',
    calls: { web: ['signin'] },
    series: [
      ['signin', 'rejected_ratio', 'fraction', 0.02, 0.55],
      ['signin', 'ntp.offset', 'second', 0.01, 94],
    ],
    logs: [['signin', 'error', 'jwt: token used before issued (iat in the future by 93s)']],
    commits: [
      commit('decoy-jwt', 36, 'build(deps): bump golang-jwt from 5.2.1 to 5.2.2', {
        'signin/go.mod': '-\tgithub.com/golang-jwt/jwt/v5 v5.2.1\n+\tgithub.com/golang-jwt/jwt/v5 v5.2.2',
      }),
      commit('decoy-claims', 14, 'signin: put the tenant into the token', {
        'signin/internal/token/claims.go': ' \tclaims := jwt.MapClaims{\n \t\t"sub": user.ID,\n+\t\t"tenant": user.Tenant,\n \t}',
      }),
    ],
    deployments: [
      [31, 'signin', 'decoy-jwt'],
      [9, 'signin', 'decoy-claims'],
    ],
    guilty: null,
  },
];
