import { commit, type SuspectCase } from './suspectCase';

/** No commit is to blame, though one changed what failed: the trouble came from around it, or is another service's. */
export const bystanderCases: readonly SuspectCase[] = [
  {
    name: 'disk-full-in-changed-function',
    service: 'archive',
    title: 'archive fails to store',
    calls: { web: ['archive'] },
    series: [['archive', 'request_error_ratio', 'fraction', 0.001, 0.6]],
    logs: [
      [
        'archive',
        'error',
        'Error: ENOSPC: no space left on device, write',
        'Error: ENOSPC: no space left on device, write\n    at store (services/archive/store.js:21:9)',
      ],
    ],
    commits: [
      commit('decoy', 60, 'archive: simpler', {
        'services/archive/store.js':
          " function store(doc) {\n-  if (doc === undefined) throw new Missing('doc');\n   return write(doc.body);",
      }),
    ],
    deployments: [[10, 'archive', 'decoy']],
    guilty: null,
  },
  {
    name: 'deployed-as-an-unconnected-service',
    service: 'orders',
    title: 'orders is slow',
    calls: { web: ['orders'], orders: ['ordersdb'] },
    series: [['orders', 'request_latency_p95', 'millisecond', 50, 1300]],
    logs: [['orders', 'warn', 'slow request']],
    commits: [commit('decoy', 60, 'Fresher avatars', { 'src/avatars.ts': ' const avatars = new Cache({\n-  ttl: 600,\n+  ttl: 60,' })],
    deployments: [[8, 'blog', 'decoy']],
    guilty: null,
  },
  {
    name: 'limit-hit-by-a-slow-callee',
    service: 'quotes',
    title: 'quotes fail',
    calls: { web: ['quotes'], quotes: ['rates'] },
    series: [['quotes', 'request_error_ratio', 'fraction', 0.001, 0.8]],
    logs: [['quotes', 'error', 'timeout of 5000ms exceeded calling rates']],
    spans: [
      { service: 'quotes', resource: 'GET /quote', beforeMs: 300, afterMs: 5_030, error: 'timeout of 5000ms exceeded calling rates' },
      { service: 'rates', resource: 'GET /rates', beforeMs: 280, afterMs: 25_000 },
    ],
    commits: [commit('decoy', 60, 'Tune the client', { 'services/quotes/rates.js': '-  timeout: 6000,\n+  timeout: 5000,' })],
    deployments: [[5, 'quotes', 'decoy']],
    guilty: null,
  },
  {
    name: 'another-incident-at-once',
    service: 'finder',
    title: 'finder fails',
    calls: { web: ['finder', 'basket'], finder: ['geocoder'] },
    series: [
      ['finder', 'request_error_ratio', 'fraction', 0.001, 0.5],
      ['basket', 'request_error_ratio', 'fraction', 0.001, 0.5],
    ],
    logs: [
      ['finder', 'error', '503 from api.geo.example'],
      [
        'basket',
        'error',
        "TypeError: Cannot read properties of undefined (reading 'amount')",
        "TypeError: Cannot read properties of undefined (reading 'amount')\n    at total (services/basket/total.js:11:25)",
      ],
    ],
    commits: [
      commit('decoy', 60, 'basket: simpler totals', {
        'services/basket/total.js':
          ' function total(item) {\n-  if (item.price === undefined) return 0;\n   return item.price.amount * item.count;',
      }),
    ],
    deployments: [[4, 'basket', 'decoy']],
    guilty: null,
  },
];
