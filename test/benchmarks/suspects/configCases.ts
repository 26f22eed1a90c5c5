import { commit, type SuspectCase } from './suspectCase';

/** A change of settings, manifests or the database is to blame. */
export const configCases: readonly SuspectCase[] = [
  {
    name: 'helm-memory-limit',
    service: 'thumbnails',
    title: 'thumbnails restarts',
    calls: { web: ['thumbnails'] },
    series: [
      ['thumbnails', 'kubernetes_container_restarts', null, 0, 14],
      ['thumbnails', 'http_5xx_ratio', 'fraction', 0.001, 0.2],
    ],
    logs: [['thumbnails', 'error', 'container thumbnails was OOMKilled (exit code 137), back-off restarting failed container']],
    commits: [
      commit('guilty', 65, 'Right-size the small services', {
        'deploy/charts/thumbnails/values.yaml': ' resources:\n   limits:\n-    memory: 1Gi\n+    memory: 256Mi\n     cpu: "1"',
      }),
      commit('decoy', 17, 'thumbnails: keep the aspect ratio', {
        'services/thumbnails/resize.py': '-    return (w, w)\n+    return (w, h * w // max(h, 1))',
      }),
    ],
    deployments: [
      [60, 'thumbnails', 'guilty'],
      [12, 'thumbnails', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'env-renamed',
    service: 'mailer',
    title: 'mailer does not start',
    calls: { orders: ['mailer'] },
    series: [
      ['mailer', 'pods_ready', null, 4, 0],
      ['orders', 'mailer_call_errors', null, 0, 60],
    ],
    logs: [['mailer', 'error', 'KeyError: required environment variable SMTP_RELAY_HOST is not set']],
    commits: [
      commit('guilty', 26, 'mailer: read the relay as the other services do', {
        'services/mailer/settings.py': '-RELAY = os.environ["SMTP_HOST"]\n+RELAY = os.environ["SMTP_RELAY_HOST"]',
      }),
      commit('decoy', 8, 'mailer: a second template', { 'services/mailer/templates.py': '+RECEIPT = load("receipt.html")' }),
    ],
    deployments: [
      [21, 'mailer', 'guilty'],
      [5, 'mailer', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'terraform-audience',
    service: 'gateway',
    title: '401 at the gateway',
    calls: { gateway: ['accounts'] },
    series: [['gateway', 'http_401_ratio', 'fraction', 0.01, 0.83]],
    logs: [['gateway', 'error', 'token refused: invalid audience, expected api.shop.example']],
    commits: [
      commit('guilty', 38, 'Name our API alike in all environments', {
        'infra/auth/main.tf':
          ' resource "auth_client" "web" {\n-  audience = "api.shop.example"\n+  audience = "https://api.shop.example/"\n }',
      }),
      commit('decoy', 14, 'gateway: count requests by route', { 'services/gateway/metrics.ts': '+  counter.add(1, { route });' }),
    ],
    deployments: [
      [33, 'gateway', 'guilty'],
      [10, 'gateway', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'sql-index-dropped',
    service: 'search',
    title: 'search is slow',
    calls: { web: ['search'], search: ['searchdb'] },
    series: [
      ['search', 'request_latency_p95', 'millisecond', 95, 3300],
      ['searchdb', 'cpu_utilization', 'percent', 30, 96],
    ],
    logs: [['searchdb', 'warn', 'duration 2950 ms: SELECT id FROM listings WHERE seller_id = $1']],
    commits: [
      commit('guilty', 57, 'Remove indexes that nobody uses', { 'db/migrations/0107_tidy.sql': '+DROP INDEX listings_seller_id_idx;' }),
      commit('decoy', 19, 'Index the time of the last change', {
        'db/migrations/0108_changed.sql': '+CREATE INDEX CONCURRENTLY listings_changed_idx ON listings (changed_at);',
      }),
    ],
    deployments: [
      [52, 'searchdb', 'guilty'],
      [13, 'searchdb', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'sql-column-renamed',
    service: 'reviews',
    title: 'reviews: errors',
    calls: { web: ['reviews'], reviews: ['reviewsdb'] },
    series: [['reviews', 'http_5xx_ratio', 'fraction', 0.001, 0.55]],
    logs: [['reviews', 'error', 'PG::UndefinedColumn: ERROR: column reviews.body_text does not exist']],
    commits: [
      commit('guilty', 22, 'Shorter names for columns', {
        'db/migrate/20260401_rename.rb': '+    rename_column :reviews, :body_text, :body',
      }),
      commit('decoy', 9, 'reviews: thank the author', { 'services/reviews/app/mailers/thanks.rb': '+  mail(to: author.email)' }),
    ],
    deployments: [
      [18, 'reviews', 'guilty'],
      [6, 'reviews', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'yaml-host-changed',
    service: 'recommend',
    title: 'recommend fails',
    calls: { web: ['recommend'], recommend: ['features'] },
    series: [['recommend', 'http_5xx_ratio', 'fraction', 0.002, 0.9]],
    logs: [['recommend', 'error', 'getaddrinfo ENOTFOUND features-store.ml.internal']],
    commits: [
      commit('guilty', 29, 'Follow the new naming of hosts', {
        'deploy/recommend/config.yaml': ' features:\n-  host: features.ml.internal\n+  host: features-store.ml.internal\n   port: 6379',
      }),
      commit('decoy', 10, 'recommend: ten instead of eight', {
        'services/recommend/src/limits.ts': '-export const SHOWN = 8;\n+export const SHOWN = 10;',
      }),
    ],
    deployments: [
      [24, 'recommend', 'guilty'],
      [7, 'recommend', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'probe-tightened',
    service: 'reports',
    title: 'reports pods restart',
    calls: { web: ['reports'] },
    series: [
      ['reports', 'pod_restarts', null, 0, 22],
      ['reports', 'http_503_ratio', 'fraction', 0, 0.3],
    ],
    logs: [
      ['reports', 'warn', 'Liveness probe failed: Get "http://10.2.0.9:8080/live": context deadline exceeded; container will be restarted'],
    ],
    commits: [
      commit('guilty', 41, 'Notice dead pods sooner', {
        'deploy/reports/deployment.yaml':
          '         livenessProbe:\n-          failureThreshold: 5\n-          timeoutSeconds: 5\n+          failureThreshold: 1\n+          timeoutSeconds: 1',
      }),
      commit('decoy', 15, 'reports: a legend for the chart', { 'services/reports/chart.js': '+  chart.legend(true);' }),
    ],
    deployments: [
      [36, 'reports', 'guilty'],
      [11, 'reports', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'kafka-batch',
    service: 'indexer',
    title: 'indexer lags behind',
    calls: { indexer: ['searchdb'] },
    series: [
      ['indexer', 'kafka_consumer_lag', null, 40, 260000],
      ['indexer', 'requests_per_second', 'request', 80, 82],
    ],
    logs: [['indexer', 'warn', 'max.poll.interval.ms was exceeded: the consumer left the group, rebalancing']],
    commits: [
      commit('guilty', 49, 'indexer: fewer round trips', {
        'services/indexer/application.properties': '-max.poll.records=200\n+max.poll.records=5000',
      }),
      commit('decoy', 12, 'indexer: log the offset', {
        'services/indexer/src/main/java/Consumer.java': '+    log.debug("offset {}", offset);',
      }),
    ],
    deployments: [
      [44, 'indexer', 'guilty'],
      [8, 'indexer', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'log-level',
    service: 'gatekeeper',
    title: 'gatekeeper: disk nearly full',
    calls: { web: ['gatekeeper'] },
    series: [
      ['gatekeeper', 'disk_used_percent', 'percent', 48, 97],
      ['gatekeeper', 'request_latency_p95', 'millisecond', 30, 45],
    ],
    logs: [['gatekeeper', 'error', 'write /var/log/gatekeeper/app.log: no space left on device']],
    commits: [
      commit('guilty', 400, 'See more while we look for the login bug', {
        'services/gatekeeper/config/production.toml': '-log_level = "warn"\n+log_level = "trace"',
      }),
      commit('decoy', 21, 'gatekeeper: rename a variable', {
        'services/gatekeeper/src/session.rs':
          '-    let s = open(id);\n-    s.touch();\n+    let session = open(id);\n+    session.touch();',
      }),
    ],
    deployments: [
      [390, 'gatekeeper', 'guilty'],
      [16, 'gatekeeper', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'replicas',
    service: 'rating',
    title: 'rating is slow',
    calls: { web: ['rating'] },
    series: [
      ['rating', 'request_latency_p95', 'millisecond', 60, 1800],
      ['rating', 'cpu_utilization', 'percent', 45, 99],
      ['rating', 'replicas_available', null, 8, 2],
    ],
    logs: [['rating', 'warn', 'request waited 1600 ms in the queue']],
    commits: [
      commit('guilty', 34, 'Save money at night', {
        'deploy/rating/hpa.yaml': ' spec:\n-  minReplicas: 8\n+  minReplicas: 2\n-  maxReplicas: 20\n+  maxReplicas: 2',
      }),
      commit('decoy', 13, 'rating: half stars', { 'services/rating/stars.py': '-    return int(stars)\n+    return round(stars * 2) / 2' }),
    ],
    deployments: [
      [29, 'rating', 'guilty'],
      [9, 'rating', 'decoy'],
    ],
    guilty: 'guilty',
  },
];
