import { event, gaugeOf, level, type MiniIncident, mini, often, said, step } from './world';

const long = { minutes: 90 } as const;
const requests = (from: number, to: number) => gaugeOf('orders.http.requests', step(from, to), long);
const latency = (from: number, to: number) => gaugeOf('orders.http.latency', step(from, to), { ...long, unit: 'millisecond' });
const errors = (from: number, to: number) => gaugeOf('orders.http.errors', step(from, to), long);
const cpu = (from: number, to: number) => gaugeOf('container.cpu.usage_pct', step(from, to), { ...long, unit: 'percent' });
const calm = [requests(100, 100), latency(40, 40), errors(1, 1), cpu(35, 35)];
const outside = (message: string) => often(8, 20, message, 'orders', { 'net.peer.name': 'api.courier.example' });

/** Services in general: peers, certificates, quotas, surges, networks, queues, settings, and what only looks like them. */
export const serviceIncidents: readonly MiniIncident[] = [
  mini('external', 'a provider outside answers no more', {
    title: 'Errors',
    summary: 'orders fails',
    series: [errors(1, 60), requests(100, 100)],
    logs: outside('connect ECONNREFUSED: api.courier.example answered 503 Service Unavailable'),
  }),
  mini('external', 'a provider fails while somebody changes an unrelated setting', {
    title: 'Errors',
    summary: 'orders fails',
    series: [errors(1, 60), requests(100, 100)],
    logs: outside('upstream api.courier.example: 502 Bad Gateway'),
    changes: [event(14, 'Changed banner colour', 'theme.banner set to green', 'config')],
  }),
  mini('healthy', 'a provider had trouble that is resolved and hurt nobody', {
    title: 'Provider trouble',
    summary: 'A provider of orders reports trouble',
    series: calm,
    changes: [
      event(40, 'Status page: degraded delivery API', 'investigating', 'other', null),
      event(20, 'Status page: delivery API', 'This incident has been resolved.', 'other', null),
    ],
  }),
  mini('infrastructure', 'an inner certificate has expired', {
    title: 'Errors',
    summary: 'orders cannot reach stock',
    series: [errors(1, 80)],
    logs: often(
      8,
      15,
      'tls: failed to verify certificate: x509: certificate has expired or is not yet valid: stock.prod.svc.cluster.local',
    ),
  }),
  mini('external', 'the certificate of a partner has expired', {
    title: 'Errors',
    summary: 'orders fails',
    series: [errors(1, 80)],
    logs: outside('request to https://api.courier.example failed: certificate has expired'),
  }),
  mini('healthy', 'a certificate was renewed in time', {
    title: 'Certificate expires soon',
    summary: 'A certificate of orders expires in 3 days',
    series: calm,
    changes: [event(15, 'cert-manager', 'Certificate orders-tls renewed successfully')],
  }),
  mini('infrastructure', 'the own table has used up its throughput', {
    title: 'Errors',
    summary: 'orders fails',
    series: [errors(1, 40)],
    logs: often(8, 15, 'ProvisionedThroughputExceededException: throughput exceeded for table baskets'),
  }),
  mini('external', 'a provider limits the rate of requests', {
    title: 'Errors',
    summary: 'orders fails',
    series: [errors(1, 40)],
    logs: outside('api.courier.example answered 429 Too Many Requests'),
  }),
  mini('healthy', 'a few requests were throttled as always', {
    title: 'Throttling',
    summary: 'orders was throttled',
    series: calm,
    logs: [...often(70, 3, 'request throttled, retrying'), said(30, 'request throttled, retrying', 'warn')],
  }),
  mini('infrastructure', 'far more requests than usual saturate the processors', {
    title: 'Latency',
    summary: 'orders is slow',
    series: [requests(100, 900), cpu(35, 96), latency(40, 400)],
  }),
  mini('healthy', 'somewhat more requests are served as quickly as ever', {
    title: 'Traffic',
    summary: 'Traffic of orders is higher',
    series: [requests(100, 135), cpu(35, 42), latency(40, 41), errors(1, 1)],
  }),
  mini('infrastructure', 'packets are lost', {
    title: 'Latency',
    summary: 'orders is slow',
    series: [gaugeOf('system.net.tcp.retrans_segs', step(2, 400), long), latency(40, 300)],
    logs: often(8, 10, 'dial tcp 10.0.0.8:5432: i/o timeout'),
  }),
  mini('healthy', 'the network is as usual', {
    title: 'Packet loss',
    summary: 'Packet loss suspected for orders',
    series: [...calm, gaugeOf('system.net.tcp.retrans_segs', level(2), long)],
  }),
  mini('infrastructure', 'a queue grows without end', {
    title: 'Backlog',
    summary: 'Messages of orders pile up',
    series: [gaugeOf('aws.sqs.queue_messages_visible', (ago) => (ago > 30 ? 20 : 20 + (31 - ago) * 400), long), cpu(35, 35)],
  }),
  mini('healthy', 'a queue filled up and was worked off', {
    title: 'Backlog',
    summary: 'Messages of orders pile up',
    series: [gaugeOf('aws.sqs.queue_messages_visible', (ago) => (ago > 30 || ago < 15 ? 20 : 4000), long), ...calm],
  }),
  mini('configuration', 'a settings file cannot be read', {
    title: 'Errors',
    summary: 'orders fails',
    series: [errors(1, 70)],
    logs: often(8, 6, 'failed to parse config /etc/orders/settings.yaml: invalid value for "retries"'),
    changes: [event(12, 'Changed settings.yaml', 'retries: "many"', 'config')],
  }),
  mini('configuration', 'the password was rotated and not passed on', {
    title: 'Errors',
    summary: 'orders fails',
    series: [errors(1, 70)],
    logs: often(8, 20, 'FATAL: password authentication failed for user "orders"'),
    changes: [event(12, 'Rotated secret orders-db', 'new password', 'config')],
  }),
  mini('infrastructure', 'the heap is full', {
    title: 'Latency',
    summary: 'orders is slow',
    series: [gaugeOf('jvm.heap.usage_pct', step(55, 98), { ...long, unit: 'percent' }), latency(40, 900)],
    logs: often(6, 4, 'java.lang.OutOfMemoryError: Java heap space'),
  }),
  mini('healthy', 'latency is within its usual range', { title: 'Latency', summary: 'p95 of orders above 45 ms', series: calm }),
  mini('healthy', 'an alert flaps around its limit', {
    title: 'CPU',
    summary: 'CPU of orders above 40 %',
    series: [gaugeOf('container.cpu.usage_pct', level(40, 0.05), { ...long, unit: 'percent' }), ...calm.slice(0, 3)],
  }),
  mini('infrastructure', 'a disk of the service is full', {
    title: 'Errors',
    summary: 'orders fails',
    series: [gaugeOf('system.disk.in_use_pct', step(80, 100), { ...long, unit: 'percent' }), errors(1, 50)],
    logs: often(6, 8, 'write /var/lib/orders/journal: no space left on device'),
  }),
];
