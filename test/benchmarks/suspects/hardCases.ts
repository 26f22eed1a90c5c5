import { commit, type SuspectCase } from './suspectCase';

/** Less usual ways in which a commit is to blame. */
export const hardCases: readonly SuspectCase[] = [
  {
    name: 'workers-raised',
    service: 'jobsdb',
    title: 'jobsdb refuses connections',
    calls: { jobs: ['jobsdb'], web: ['jobsdb'] },
    series: [
      ['jobsdb', 'db_connections_used', null, 60, 200],
      ['web', 'http_5xx_ratio', 'fraction', 0.001, 0.12],
    ],
    logs: [
      ['jobsdb', 'error', 'FATAL: sorry, too many clients already'],
      ['web', 'error', 'PG::ConnectionBad: FATAL: sorry, too many clients already'],
    ],
    commits: [
      commit('guilty', 55, 'jobs: empty the queue faster', { 'services/jobs/config/sidekiq.yml': '-:concurrency: 10\n+:concurrency: 80' }),
      commit('decoy', 12, 'web: a new footer', { 'services/web/app/helpers/footer.rb': '-  "2025"\n+  "2026"' }),
    ],
    deployments: [
      [50, 'jobs', 'guilty'],
      [8, 'web', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'limit-gone-oom',
    service: 'feed',
    title: 'feed is killed',
    calls: { web: ['feed'] },
    series: [
      ['feed', 'memory_used_percent', 'percent', 44, 97],
      ['feed', 'pod_restarts', null, 0, 11],
    ],
    logs: [['feed', 'error', 'worker was killed by the OOM killer']],
    commits: [
      commit('guilty', 36, 'feed: nothing gets lost', {
        'services/feed/query.py':
          '-    rows = session.query(Post).order_by(Post.at).limit(200).all()\n+    rows = session.query(Post).order_by(Post.at).all()',
      }),
      commit('decoy', 10, 'feed: shorter teasers', { 'services/feed/teaser.py': '-    return text[:200]\n+    return text[:120]' }),
    ],
    deployments: [
      [30, 'feed', 'guilty'],
      [6, 'feed', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'port-changed',
    service: 'wallet',
    title: 'wallet cannot reach its database',
    calls: { web: ['wallet'], wallet: ['walletdb'] },
    series: [['wallet', 'http_5xx_ratio', 'fraction', 0.001, 1]],
    logs: [['wallet', 'error', 'dial tcp 10.3.0.8:6543: connect: connection refused']],
    commits: [
      commit('guilty', 21, 'wallet: through the new proxy', {
        'deploy/wallet/values.yaml': ' database:\n   host: walletdb\n-  port: 5432\n+  port: 6543',
      }),
      commit('decoy', 9, 'wallet: two decimals', {
        'services/wallet/format.go': '-\treturn fmt.Sprintf("%f", v)\n+\treturn fmt.Sprintf("%.2f", v)',
      }),
    ],
    deployments: [
      [16, 'wallet', 'guilty'],
      [5, 'wallet', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'lock-removed',
    service: 'presence',
    title: 'presence crashes',
    calls: { web: ['presence'] },
    series: [['presence', 'pod_restarts', null, 0, 17]],
    logs: [['presence', 'error', 'fatal error: concurrent map writes']],
    commits: [
      commit('guilty', 33, 'presence: less waiting', {
        'services/presence/table.go':
          ' func (t *Table) Set(id string, at time.Time) {\n-\tt.mu.Lock()\n-\tdefer t.mu.Unlock()\n \tt.seen[id] = at\n }',
      }),
      commit('decoy', 11, 'presence: away after ten minutes', {
        'services/presence/away.go': '-const away = 5 * time.Minute\n+const away = 10 * time.Minute',
      }),
    ],
    deployments: [
      [28, 'presence', 'guilty'],
      [7, 'presence', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'scope-removed',
    service: 'calendar',
    title: 'calendar: 403',
    calls: { web: ['calendar'], calendar: ['accounts'] },
    series: [['calendar', 'http_403_ratio', 'fraction', 0.001, 0.64]],
    logs: [['calendar', 'error', 'accounts answered 403 insufficient_scope: events.write is required']],
    commits: [
      commit('guilty', 26, 'calendar: ask for less', {
        'services/calendar/src/login.ts': "-  scope: 'openid events.read events.write',\n+  scope: 'openid events.read',",
      }),
      commit('decoy', 8, 'calendar: weeks begin on Monday', { 'services/calendar/src/week.ts': '-const FIRST = 0;\n+const FIRST = 1;' }),
    ],
    deployments: [
      [20, 'calendar', 'guilty'],
      [4, 'calendar', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'policy-action-removed',
    service: 'archive',
    title: 'archive cannot write',
    calls: { web: ['archive'] },
    series: [['archive', 'write_error_ratio', 'fraction', 0, 0.98]],
    logs: [['archive', 'error', 'AccessDenied: not authorized to perform storage:PutObject']],
    commits: [
      commit('guilty', 44, 'Least privilege for the archive', {
        'infra/archive/iam.tf': '   actions = [\n     "storage:GetObject",\n-    "storage:PutObject",\n   ]',
      }),
      commit('decoy', 13, 'archive: names with dates', { 'services/archive/names.py': '-    return name\n+    return f"{day}-{name}"' }),
    ],
    deployments: [
      [39, 'archive', 'guilty'],
      [9, 'archive', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'limit-of-callee',
    service: 'portal',
    title: 'portal: 429 from members',
    calls: { portal: ['members'] },
    series: [['portal', 'http_5xx_ratio', 'fraction', 0.002, 0.33]],
    logs: [['portal', 'error', 'members answered 429 Too Many Requests']],
    commits: [
      commit('guilty', 31, 'members: protect us from scrapers', {
        'services/members/src/limits.ts': '-export const REQUESTS_PER_MINUTE_LIMIT = 6000;\n+export const REQUESTS_PER_MINUTE_LIMIT = 300;',
      }),
      commit('decoy', 7, 'portal: tidy', { 'services/portal/src/page.ts': '-const a = render(page);\n-return a;\n+return render(page);' }),
    ],
    deployments: [
      [25, 'members', 'guilty'],
      [3, 'portal', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'not-null-added',
    service: 'persons',
    title: 'persons cannot save',
    calls: { web: ['persons'], persons: ['personsdb'] },
    series: [['persons', 'http_5xx_ratio', 'fraction', 0.001, 0.28]],
    logs: [['persons', 'error', 'null value in column "second_name" of relation "persons" violates not-null constraint']],
    commits: [
      commit('guilty', 23, 'Names are never missing', {
        'db/migrations/0042_names.sql': '+ALTER TABLE persons ALTER COLUMN second_name SET NOT NULL;',
      }),
      commit('decoy', 8, 'persons: initials', { 'services/persons/initials.py': '-    return first[0]\n+    return first[0] + last[0]' }),
    ],
    deployments: [
      [18, 'persons', 'guilty'],
      [4, 'persons', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'shared-client-idle',
    service: 'offers',
    title: 'offers latency',
    calls: { web: ['offers'], offers: ['stock', 'prices'] },
    series: [
      ['offers', 'request_latency_p95', 'millisecond', 70, 880],
      ['offers', 'open_sockets', null, 90, 27000],
    ],
    logs: [['offers', 'warn', 'dial tcp: cannot assign requested address: ephemeral ports are used up']],
    commits: [
      commit('guilty', 48, 'One transport for all clients', {
        'libs/httpc/transport.go': '-\tMaxIdleConnsPerHost: 100,\n+\tMaxIdleConnsPerHost: 1,',
      }),
      commit('decoy', 15, 'offers: sort by discount', {
        'services/offers/sort.go': '-\treturn a.Price < b.Price\n+\treturn a.Discount > b.Discount',
      }),
    ],
    deployments: [
      [42, 'offers', 'guilty'],
      [11, 'offers', 'decoy'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'stack-names-function',
    service: 'tax',
    title: 'tax: errors',
    calls: { web: ['tax'] },
    series: [['tax', 'http_5xx_ratio', 'fraction', 0.001, 0.5]],
    logs: [
      [
        'tax',
        'error',
        'TypeError: rows.map is not a function',
        'TypeError: rows.map is not a function\n    at ratesFor (/app/services/tax/src/rates.ts:14:15)\n    at handle (/app/services/tax/src/index.ts:40:9)',
      ],
    ],
    commits: [
      commit('guilty', 27, 'tax: load rates lazily', {
        'services/tax/src/rates.ts':
          ' export async function ratesFor(year: number) {\n-  const rows = await load(year);\n+  const rows = load(year);\n   return rows.map(toRate);',
      }),
      commit('decoy', 10, 'tax: name the countries', {
        'services/tax/src/countries.ts': '-  return code;\n+  return names[code] ?? code;',
      }),
    ],
    deployments: [
      [22, 'tax', 'guilty'],
      [6, 'tax', 'decoy'],
    ],
    guilty: 'guilty',
  },
];
