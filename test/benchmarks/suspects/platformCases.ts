import { commit, type SuspectCase } from './suspectCase';

/** What a service runs on: limits, replicas, probes, proxies, variables and indexes. */
export const platformCases: readonly SuspectCase[] = [
  {
    name: 'less-memory',
    service: 'reports',
    title: 'reports restarts',
    calls: { portal: ['reports'] },
    series: [
      ['reports', 'kubernetes.container.restarts', null, 0, 6],
      ['reports', 'container.memory.usage_percent', 'percent', 52, 99],
    ],
    logs: [['reports', 'error', 'Last state: Terminated, reason: OOMKilled, exit code 137']],
    commits: [
      commit('guilty', 39, 'right-size the batch workloads', {
        'charts/reports/values.yaml':
          ' resources:\n   requests:\n     cpu: 250m\n-    memory: 768Mi\n+    memory: 256Mi\n   limits:\n-    memory: 1536Mi\n+    memory: 384Mi',
      }),
      commit('decoy-portal', 30, 'portal: more replicas', { 'charts/portal/values.yaml': '-replicaCount: 2\n+replicaCount: 3' }),
      commit('decoy-newest', 8, 'reports: fix memory shown in the footer', {
        'reports/src/footer.py': '-    return f"{used / 1000} MB"\n+    return f"{used / 1e6:.0f} MB"',
      }),
    ],
    deployments: [
      [9, 'reports', 'guilty'],
      [4, 'reports', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'fewer-replicas-allowed',
    service: 'render',
    title: 'render CPU',
    calls: { edge: ['render'] },
    series: [
      ['render', 'cpu_utilization', 'percent', 45, 98],
      ['render', 'pods_running', null, 18, 5],
      ['edge', 'latency_p95', 'millisecond', 300, 4800],
      ['edge', 'requests_per_second', null, 800, 805],
    ],
    logs: [['edge', 'warn', 'render: 5 upstream hosts, queue 400']],
    commits: [
      commit('guilty', 22, 'infra: cap what we spend on render', {
        'terraform/render/autoscaling.tf':
          ' resource "kubernetes_horizontal_pod_autoscaler_v2" "render" {\n   spec {\n     min_replicas = 3\n-    max_replicas = 24\n+    max_replicas = 5',
      }),
      commit('decoy-edge', 34, 'edge: more upstream connections', {
        'edge/nginx.conf': '   upstream render {\n-    keepalive 32;\n+    keepalive 128;',
      }),
      commit('decoy-newest', 6, 'render: quicker fonts', {
        'render/src/fonts.ts': '-  await loadAll(fonts);\n+  await loadUsed(fonts, page);',
      }),
    ],
    deployments: [
      [18, 'render', 'guilty'],
      [4, 'render', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'probe-on-another-path',
    service: 'accounts',
    title: 'accounts has no ready pods',
    calls: { gateway: ['accounts'] },
    series: [
      ['accounts', 'kubernetes.pods.ready', null, 6, 0],
      ['gateway', 'http_503_ratio', 'fraction', 0.001, 0.99],
    ],
    logs: [
      ['accounts', 'warn', 'Readiness probe failed: HTTP probe failed with statuscode: 404'],
      ['gateway', 'error', 'no healthy upstream: accounts'],
    ],
    commits: [
      commit('guilty', 13, 'charts: same probes for all services', {
        'charts/accounts/templates/deployment.yaml':
          '           readinessProbe:\n             httpGet:\n-              path: /actuator/health/readiness\n+              path: /readyz\n               port: 8080',
      }),
      commit('decoy-code', 29, 'accounts: report the version in health', {
        'accounts/src/main/java/com/acme/accounts/HealthInfo.java': '+    builder.withDetail("version", buildProperties.getVersion());',
      }),
      commit('decoy-newest', 4, 'gateway: log upstream errors', {
        'gateway/src/proxy.go': '+\tlog.Error("no healthy upstream", "upstream", name)',
      }),
    ],
    deployments: [
      [5, 'accounts', 'guilty'],
      [2, 'gateway', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'stricter-limit-at-the-door',
    service: 'public-api',
    title: 'public-api refuses clients',
    calls: { edge: ['public-api'] },
    series: [
      ['public-api', 'http_429_ratio', 'fraction', 0.001, 0.58],
      ['public-api', 'requests_per_second', null, 140, 60],
    ],
    logs: [['edge', 'warn', 'limiting requests, excess: 40.120 by zone "api", client: 203.0.113.9']],
    commits: [
      commit('guilty', 31, 'edge: settings from the hardening review', {
        'edge/conf.d/api.conf':
          '-limit_req_zone $binary_remote_addr zone=api:10m rate=200r/s;\n+limit_req_zone $binary_remote_addr zone=api:10m rate=10r/s;\n server {\n+    server_tokens off;\n     listen 443 ssl;',
      }),
      commit('decoy-doc', 20, 'public-api: limits in the answer headers', {
        'public-api/src/headers.ts': '+  reply.header("x-ratelimit-remaining", String(remaining));',
      }),
      commit('decoy-newest', 8, 'public-api: bigger pages', {
        'public-api/src/paging.ts': '-const MAX_PAGE = 100;\n+const MAX_PAGE = 200;',
      }),
    ],
    deployments: [
      [9, 'edge', 'guilty'],
      [6, 'public-api', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'variable-by-another-name',
    service: 'mailer',
    title: 'mailer crash loop',
    calls: { app: ['mailer'] },
    series: [
      ['mailer', 'container_restarts', null, 0, 9],
      ['mailer', 'mails_sent_per_minute', null, 80, 0],
    ],
    logs: [['mailer', 'critical', 'fatal: SMTP_RELAY_HOST is not set']],
    commits: [
      commit('guilty', 17, 'deploy: one prefix for all mail settings', {
        'deploy/mailer/configmap.yaml':
          ' data:\n-  SMTP_RELAY_HOST: relay.internal\n+  MAIL_RELAY_HOST: relay.internal\n   MAIL_FROM: no-reply@acme.example',
      }),
      commit('decoy-code', 26, 'mailer: fail early without settings', {
        'mailer/main.go': '-\tlog.Println("no sender configured")\n+\tlog.Fatal("fatal: MAIL_FROM is not set")',
      }),
      commit('decoy-image', 12, 'mailer: smaller image', {
        'mailer/Dockerfile': '-RUN go build -o /mailer .\n+RUN go build -ldflags="-s -w" -o /mailer .',
      }),
    ],
    deployments: [[6, 'mailer', 'decoy-image']],
    guilty: 'guilty',
  },
  {
    name: 'index-goes-with-the-column',
    service: 'tickets',
    title: 'tickets latency',
    calls: { desk: ['tickets'], tickets: ['tickets-pg'] },
    series: [
      ['tickets', 'http_p95', 'millisecond', 70, 7300],
      ['tickets-pg', 'cpu_percent', 'percent', 15, 93],
      ['tickets-pg', 'rows_read_per_second', null, 4000, 900_000],
    ],
    logs: [['tickets', 'warn', 'slow query (6911 ms): SELECT id, subject FROM tickets WHERE assignee_id = $1 AND state = $2']],
    commits: [
      commit('guilty', 58, 'tickets: clean up what the old inbox left behind', {
        'tickets/migrations/0081_inbox_cleanup.sql':
          '+ALTER TABLE tickets DROP COLUMN inbox_label;\n+DROP INDEX IF EXISTS tickets_assignee_state_idx;\n+DROP VIEW IF EXISTS inbox_v1;',
      }),
      commit('decoy-query', 21, 'tickets: show the subject in the list', {
        'tickets/src/queries.ts':
          "-  'SELECT id FROM tickets WHERE assignee_id = $1 AND state = $2'\n+  'SELECT id, subject FROM tickets WHERE assignee_id = $1 AND state = $2'",
      }),
      commit('decoy-pool', 10, 'tickets: pool of forty', { 'tickets/src/db.ts': '-  max: 20,\n+  max: 40,' }),
    ],
    deployments: [
      [16, 'tickets', 'decoy-query'],
      [7, 'tickets', 'decoy-pool'],
    ],
    guilty: 'guilty',
  },
];
