/** A monitor as `POST /api/v1/monitor` takes it. */
export interface MonitorBody {
  readonly name: string;
  readonly type: 'query alert';
  readonly query: string;
  readonly message: string;
  readonly tags: readonly string[];
  readonly priority: number;
  readonly options: { readonly thresholds: { readonly critical: number } };
}

export interface MonitorLimits {
  readonly env: string;
  /** Part of the requests that may fail. */
  readonly errorRate: number;
  /** What p95 of the catalog may reach. */
  readonly catalogP95Sec: number;
}

/** What the shop's people watch: failing orders, slow pages, failing charges. Windows are short, so that a demo need not wait. */
export function shopMonitors({ env, errorRate, catalogP95Sec }: MonitorLimits): readonly MonitorBody[] {
  return [
    errorRateMonitor('checkout', 'Orders fail', 'orders', 1),
    {
      name: 'Catalog is slow',
      type: 'query alert',
      query: `avg(last_1m):p95:trace.express.request{env:${env},service:catalog} > ${catalogP95Sec}`,
      message: `One catalog request in twenty takes longer than ${Math.round(catalogP95Sec * 1000)} ms. @slack-kiln-catalog`,
      tags: ['service:catalog', `env:${env}`, 'team:catalog'],
      priority: 2,
      options: { thresholds: { critical: catalogP95Sec } },
    },
    errorRateMonitor('payments', 'Charges fail', 'payments', 1),
  ];

  function errorRateMonitor(service: string, name: string, team: string, priority: number): MonitorBody {
    const count = (facet: string) => `sum:trace.express.request.${facet}{env:${env},service:${service}}.as_count()`;
    return {
      name,
      type: 'query alert',
      query: `sum(last_1m):${count('errors')} / ${count('hits')} > ${errorRate}`,
      message: `More than ${Math.round(errorRate * 100)} % of the requests to ${service} end with an error. @slack-kiln-${team}`,
      tags: [`service:${service}`, `env:${env}`, `team:${team}`],
      priority,
      options: { thresholds: { critical: errorRate } },
    };
  }
}
