import { commit, type SuspectCase } from './suspectCase';

/** Nothing that was committed did it, though much was: providers, dates, quotas, switches, and what people buy. */
export const outsideCases: readonly SuspectCase[] = [
  {
    name: 'certificate-ran-out',
    service: 'partner-sync',
    title: 'partner-sync failures',
    calls: { 'partner-sync': ['partner-edge'] },
    series: [['partner-sync', 'failed_jobs_ratio', 'fraction', 0.01, 1]],
    logs: [
      [
        'partner-sync',
        'error',
        'Post "https://partner-edge.acme.example/v2/batch": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-04-30T09:00:11Z is after 2026-04-30T09:00:00Z',
      ],
    ],
    commits: [
      commit('decoy-tls', 40, 'partner-sync: TLS 1.2 at least', {
        'partner-sync/internal/client/tls.go': '-\t\tMinVersion: tls.VersionTLS10,\n+\t\tMinVersion: tls.VersionTLS12,',
      }),
      commit('decoy-verify', 15, 'partner-sync: verify batches before sending', {
        'partner-sync/internal/batch/verify.go': '+\tif err := batch.Verify(); err != nil {\n+\t\treturn err\n+\t}',
      }),
    ],
    deployments: [
      [35, 'partner-sync', 'decoy-tls'],
      [10, 'partner-sync', 'decoy-verify'],
    ],
    guilty: null,
  },
  {
    name: 'provider-answers-503',
    service: 'texting',
    title: 'texting failures',
    calls: { login: ['texting'] },
    series: [['texting', 'sms_failed_ratio', 'fraction', 0.01, 0.77]],
    logs: [['texting', 'error', 'POST https://api.sms-provider.example/v3/messages: 503 Service Unavailable']],
    commits: [
      commit('decoy-client', 33, 'texting: wait longer for the provider', {
        'texting/src/provider.ts': '-  timeout: 3_000,\n+  timeout: 6_000,',
      }),
      commit('decoy-retry', 18, 'texting: two more attempts with back-off', {
        'texting/src/provider.ts': '-  retry: { limit: 1 },\n+  retry: { limit: 3, backoffLimit: 5_000 },',
      }),
      commit('decoy-newest', 6, 'Revert "texting: German templates"', {
        'texting/src/templates.ts': '-  de: "Ihr Code: {code}",',
      }),
    ],
    deployments: [
      [30, 'texting', 'decoy-client'],
      [14, 'texting', 'decoy-retry'],
      [4, 'texting', 'decoy-newest'],
    ],
    events: [[-6, 'sms-provider', 'Degraded delivery of messages', 'We are investigating elevated error rates on the messages API.']],
    guilty: null,
  },
  {
    name: 'secret-past-its-date',
    service: 'crm-bridge',
    title: 'crm-bridge errors',
    calls: { sales: ['crm-bridge'] },
    series: [['crm-bridge', 'http_5xx_ratio', 'fraction', 0.002, 1]],
    logs: [
      [
        'crm-bridge',
        'error',
        'token request failed: 401 invalid_client: AADSTS7000222: The provided client secret keys for app are expired',
      ],
    ],
    commits: [
      commit('decoy-auth', 28, 'crm-bridge: token cache in its own class', {
        'crm-bridge/src/Auth/TokenCache.cs': '+public sealed class TokenCache(IClock clock)\n+{\n+    private Token? _token;\n+}',
        'crm-bridge/src/Auth/CrmAuth.cs': '-    private Token? _token;\n+    private readonly TokenCache _cache;',
      }),
      commit('decoy-newest', 9, 'crm-bridge: log failed token requests', {
        'crm-bridge/src/Auth/CrmAuth.cs': '+            _log.LogError("token request failed: {Status} {Body}", status, body);',
      }),
    ],
    deployments: [
      [24, 'crm-bridge', 'decoy-auth'],
      [7, 'crm-bridge', 'decoy-newest'],
    ],
    guilty: null,
  },
  {
    name: 'daily-quota-used-up',
    service: 'geocoder',
    title: 'geocoder failures',
    calls: { addresses: ['geocoder'] },
    series: [
      ['geocoder', 'lookup_failed_ratio', 'fraction', 0.01, 0.93],
      ['geocoder', 'requests_per_second', null, 40, 41],
    ],
    logs: [['geocoder', 'error', 'maps provider: 429 OVER_DAILY_LIMIT: You have exceeded your daily request quota for this API']],
    commits: [
      commit('decoy-lookup', 37, 'geocoder: look up the street before the house', {
        'geocoder/lookup.go': '-\tparts := []string{house, street}\n+\tparts := []string{street, house}',
      }),
      commit('decoy-limit', 19, 'geocoder: read the limit from the answer', {
        'geocoder/limits.go':
          '+\tremaining, _ := strconv.Atoi(resp.Header.Get("X-Quota-Remaining"))\n+\tquotaRemaining.Set(float64(remaining))',
      }),
    ],
    deployments: [
      [33, 'geocoder', 'decoy-lookup'],
      [15, 'geocoder', 'decoy-limit'],
    ],
    guilty: null,
  },
  {
    name: 'switched-on-by-hand',
    service: 'offers',
    title: 'offers errors',
    calls: { site: ['offers'] },
    series: [['offers', 'http_5xx_ratio', 'fraction', 0.002, 0.41]],
    logs: [['offers', 'error', 'offer engine: no rule set for segment gold']],
    commits: [
      commit('decoy-rules', 32, 'offers: name the rule in the answer', {
        'offers/src/answer.py': '     return {\n         "price": price,\n+        "rule": rule.name,\n     }',
      }),
      commit('decoy-newest', 7, 'offers: cache segments for ten minutes', {
        'offers/src/segments.py': '+@cached(TTLCache(maxsize=5000, ttl=600))\n def segment_of(user_id):',
      }),
    ],
    deployments: [
      [27, 'offers', 'decoy-rules'],
      [5, 'offers', 'decoy-newest'],
    ],
    flags: [[1, 'offers', 'gold_segment_offers', 'off->on']],
    guilty: null,
  },
  {
    name: 'dns-of-the-provider',
    service: 'newsletter',
    title: 'newsletter failures',
    calls: { newsletter: ['mail-provider'] },
    series: [['newsletter', 'send_failed_ratio', 'fraction', 0.01, 0.95]],
    logs: [['newsletter', 'error', 'getaddrinfo EAI_AGAIN smtp.mail-provider.example']],
    commits: [
      commit('decoy-smtp', 38, 'newsletter: reuse SMTP connections', {
        'newsletter/src/smtp.ts': '-  pool: false,\n+  pool: true,\n+  maxConnections: 10,',
      }),
      commit('decoy-retry', 17, 'newsletter: retry failed mails with back-off', {
        'newsletter/src/send.ts': '+  await retry(() => send(mail), { retries: 3, minTimeout: 1_000 });\n-  await send(mail);',
      }),
      commit('decoy-newest', 5, 'newsletter: link to the imprint', { 'newsletter/src/footer.html': '+<a href="/imprint">Imprint</a>' }),
    ],
    deployments: [
      [33, 'newsletter', 'decoy-smtp'],
      [12, 'newsletter', 'decoy-retry'],
    ],
    guilty: null,
  },
  {
    name: 'campaign-empties-stock',
    service: 'basket',
    title: 'basket conflicts',
    calls: { app: ['basket'], basket: ['stock'] },
    series: [
      ['basket', 'http_409_ratio', 'fraction', 0.01, 0.36],
      ['app', 'requests_per_second', null, 700, 5200],
      ['basket', 'requests_per_second', null, 300, 2300],
    ],
    logs: [['basket', 'warn', 'reservation refused: article 4711 is sold out']],
    commits: [
      commit('decoy-reserve', 25, 'basket: reserve before paying', {
        'basket/src/reserve.ts': '-  await pay(order);\n-  await reserve(order);\n+  await reserve(order);\n+  await pay(order);',
      }),
      commit('decoy-newest', 7, 'basket: say which article is sold out', {
        'basket/src/refusal.ts': '-  return "sold out";\n+  return "sold out: " + article;',
      }),
    ],
    deployments: [
      [18, 'basket', 'decoy-reserve'],
      [5, 'basket', 'decoy-newest'],
    ],
    guilty: null,
  },
  {
    name: 'replica-falls-behind',
    service: 'orders-replica',
    title: 'orders-replica lag',
    calls: { backoffice: ['orders-replica'] },
    series: [
      ['orders-replica', 'replication_lag_seconds', 'second', 0.4, 900],
      ['orders-replica', 'disk_write_latency_ms', 'millisecond', 2, 180],
    ],
    logs: [['orders-replica', 'warn', 'EBS volume vol-0a1 is degraded: burst balance is 0 %']],
    commits: [
      commit('decoy-report', 50, 'backoffice: orders of the last quarter', {
        'backoffice/reports/quarter.sql': "+SELECT count(*) FROM orders WHERE placed_at > now() - interval '90 days';",
      }),
      commit('decoy-newest', 9, 'backoffice: sort reports by name', {
        'backoffice/reports/list.rb': '-  reports\n+  reports.sort_by(&:name)',
      }),
    ],
    deployments: [
      [45, 'backoffice', 'decoy-report'],
      [7, 'backoffice', 'decoy-newest'],
    ],
    guilty: null,
  },
  {
    name: 'summer-time-begins',
    service: 'timetable',
    title: 'timetable errors',
    calls: { kiosk: ['timetable'] },
    series: [['timetable', 'http_5xx_ratio', 'fraction', 0.001, 0.3]],
    logs: [['timetable', 'error', 'pytz.exceptions.NonExistentTimeError: 2026-03-29 02:30:00']],
    commits: [
      commit('decoy-parse', 43, 'timetable: read stops from CSV', {
        'timetable/timetable/stops.py': '+def stops(path):\n+    with open(path) as file:\n+        return list(csv.DictReader(file))',
      }),
      commit('decoy-newest', 9, 'timetable: show the platform', { 'timetable/timetable/answer.py': '+        "platform": stop.platform,' }),
    ],
    deployments: [
      [38, 'timetable', 'decoy-parse'],
      [6, 'timetable', 'decoy-newest'],
    ],
    guilty: null,
  },
];
