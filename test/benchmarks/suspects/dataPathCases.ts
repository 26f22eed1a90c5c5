import { commit, type SuspectCase } from './suspectCase';

/** What is handed on goes wrong: pages, units, clocks, fields and what is kept. */
export const dataPathCases: readonly SuspectCase[] = [
  {
    name: 'one-past-the-page',
    service: 'catalogue',
    title: 'catalogue panics',
    calls: { shop: ['catalogue'] },
    series: [
      ['catalogue', 'http_5xx_ratio', 'fraction', 0.001, 0.21],
      ['catalogue', 'panics_total', null, 0, 17],
    ],
    logs: [
      [
        'catalogue',
        'error',
        'panic: runtime error: index out of range [24] with length 24',
        'goroutine 91 [running]:\ncatalogue/internal/list.Page(...)\n\t/src/catalogue/internal/list/page.go:15\ncatalogue/internal/api.(*Handler).List(0xc0001)\n\t/src/catalogue/internal/api/list.go:52',
      ],
    ],
    commits: [
      commit('guilty', 35, 'catalogue: include the last product of a page', {
        'catalogue/internal/list/page.go':
          ' \tstart := number * size\n-\tfor i := start; i < start+size && i < len(all); i++ {\n+\tfor i := start; i <= start+size && i <= len(all); i++ {\n \t\tpage = append(page, all[i])\n \t}',
      }),
      commit('decoy-list', 27, 'catalogue: fix panic when the list is empty', {
        'catalogue/internal/api/list.go': ' \tproducts := h.store.All(ctx)\n+\tif len(products) == 0 {\n+\t\treturn empty, nil\n+\t}',
      }),
      commit('decoy-newest', 8, 'shop: twenty-four products a page', {
        'shop/src/pageSize.ts': '-export const pageSize = 20;\n+export const pageSize = 24;',
      }),
    ],
    deployments: [
      [12, 'catalogue', 'guilty'],
      [6, 'shop', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'seconds-for-milliseconds',
    service: 'payout',
    title: 'payout failures',
    calls: { back: ['payout'], payout: ['bank-gateway'] },
    series: [
      ['payout', 'payout_failed_ratio', 'fraction', 0.004, 0.97],
      ['bank-gateway', 'latency_p95', 'millisecond', 420, 425],
    ],
    logs: [['payout', 'error', 'bank-gateway request aborted: TimeoutError: The operation was aborted due to timeout']],
    commits: [
      commit('guilty', 16, 'payout: settings in one place', {
        'payout/src/bank/bankClient.ts':
          '   const response = await fetch(url, {\n     method: "POST",\n-    signal: AbortSignal.timeout(8_000),\n+    signal: AbortSignal.timeout(settings.bankTimeoutSeconds),\n     body,\n   });',
        'payout/src/settings.ts': ' export const settings = {\n+  bankTimeoutSeconds: 8,\n   currency: "EUR",\n };',
      }),
      commit('decoy-gateway', 55, 'bank-gateway: wait longer for the clearing house', {
        'bank-gateway/src/clearing.ts': '-const CLEARING_TIMEOUT_MS = 5_000;\n+const CLEARING_TIMEOUT_MS = 15_000;',
      }),
      commit('decoy-newest', 4, 'back: retry button on failed payouts', {
        'back/src/PayoutRow.tsx': '+      {payout.state === "failed" && <button onClick={onRetry}>Retry</button>}',
      }),
    ],
    deployments: [
      [10, 'payout', 'guilty'],
      [2, 'back', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'local-clock',
    service: 'sessions',
    title: 'sessions refused',
    calls: { mobile: ['sessions'] },
    series: [['sessions', 'auth_rejected_ratio', 'fraction', 0.01, 0.84]],
    logs: [['sessions', 'error', 'session rejected: expires_at 2026-04-01T10:00:00 is before issued_at 2026-04-01T11:00:00+00:00']],
    commits: [
      commit('guilty', 33, 'sessions: drop the deprecated helper', {
        'sessions/sessions/lifetime.py':
          '-from datetime import datetime, timedelta, timezone\n+from datetime import datetime, timedelta\n \n def expires_at(minutes: int) -> datetime:\n-    return datetime.now(timezone.utc) + timedelta(minutes=minutes)\n+    return datetime.now() + timedelta(minutes=minutes)',
      }),
      commit('decoy-audit', 60, 'sessions: audit rejected sessions', {
        'sessions/sessions/audit.py': '+def rejected(session):\n+    log.info("session rejected", extra={"session": session.id})',
      }),
      commit('decoy-newest', 9, 'mobile: keep the session over restarts', {
        'mobile/src/session.kt': '-    val session = memory.session\n+    val session = memory.session ?: store.session',
      }),
    ],
    deployments: [
      [14, 'sessions', 'guilty'],
      [5, 'mobile', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'field-renamed-upstream',
    service: 'shipping',
    title: 'shipping consumer failures',
    calls: { orders: ['shipping'] },
    series: [
      ['shipping', 'consumer_failed_messages', null, 0, 44],
      ['shipping', 'consumer_lag', null, 12, 5200],
    ],
    logs: [
      [
        'shipping',
        'error',
        "failed to handle order.placed: KeyError: 'postal_code'",
        'Traceback (most recent call last):\n  File "/app/shipping/consumer.py", line 58, in handle\n    label = label_for(event["address"]["postal_code"])\nKeyError: \'postal_code\'',
      ],
    ],
    commits: [
      commit('guilty', 41, 'orders: camel case in events, as the style guide says', {
        'orders/src/events/orderPlaced.ts':
          '   address: {\n     street: order.address.street,\n-    postal_code: order.address.postalCode,\n-    country_code: order.address.country,\n+    postalCode: order.address.postalCode,\n+    countryCode: order.address.country,\n   },',
      }),
      commit('decoy-consumer', 24, 'shipping: handle more messages at once', {
        'shipping/shipping/settings.py': '-CONSUMER_WORKERS = 4\n+CONSUMER_WORKERS = 8',
      }),
      commit('decoy-label', 13, 'shipping: print the label in black', {
        'shipping/shipping/labels.py': '-    canvas.set_fill("grey")\n+    canvas.set_fill("black")',
      }),
    ],
    deployments: [
      [11, 'orders', 'guilty'],
      [7, 'shipping', 'decoy-label'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'listeners-pile-up',
    service: 'chat',
    title: 'chat memory',
    calls: { web: ['chat'] },
    series: [
      ['chat', 'nodejs.heap_used', 'byte', 210_000_000, 1_990_000_000],
      ['chat', 'container.restarts', null, 0, 4],
    ],
    logs: [['chat', 'error', 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory']],
    commits: [
      commit('guilty', 88, 'chat: answer repeated history requests from memory', {
        'chat/src/history.ts':
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of somebody's diff
          '+const pages = new Map<string, Message[]>();\n+\n export async function history(room: string, before: string): Promise<Message[]> {\n-  return store.page(room, before);\n+  const key = `${room}/${before}`;\n+  const known = pages.get(key) ?? (await store.page(room, before));\n+  pages.set(key, known);\n+  return known;\n }',
      }),
      commit('decoy-limit', 50, 'chat: more memory', {
        'deploy/chat/values.yaml': '   limits:\n-    memory: 1Gi\n+    memory: 2Gi',
      }),
      commit('decoy-newest', 12, 'chat: show who is typing', {
        'chat/src/typing.ts': '+export const typing = (room: string, user: string) => broadcast(room, { kind: "typing", user });',
      }),
    ],
    deployments: [
      [75, 'chat', 'guilty'],
      [10, 'chat', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
];
