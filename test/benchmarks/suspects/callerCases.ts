import { commit, type SuspectCase } from './suspectCase';

/** A caller asks too often, too late or for too much: retries, polls, caches and breakers. */
export const callerCases: readonly SuspectCase[] = [
  {
    name: 'eager-retries',
    service: 'profiles',
    title: 'profiles request rate',
    calls: { timeline: ['profiles'] },
    series: [
      ['profiles', 'requests_per_second', null, 300, 2600],
      ['profiles', 'http_503_ratio', 'fraction', 0.002, 0.4],
      ['timeline', 'requests_per_second', null, 250, 255],
    ],
    logs: [['timeline', 'warn', 'profiles answered 503, attempt 9 of 10']],
    commits: [
      commit('guilty', 23, 'timeline: profiles must not be missing', {
        'timeline/timeline/profiles.py':
          '-@retry(stop=stop_after_attempt(2), wait=wait_exponential(multiplier=0.2, max=5))\n+@retry(stop=stop_after_attempt(10))\n async def profile(user_id: str) -> Profile:',
      }),
      commit('decoy-profiles', 36, 'profiles: answer 503 while warming up', {
        'profiles/handler.go': '+\tif !h.warm.Load() {\n+\t\tw.WriteHeader(http.StatusServiceUnavailable)\n+\t\treturn\n+\t}',
      }),
      commit('decoy-newest', 6, 'timeline: a gap between days', {
        'timeline/web/day.css': '-.day { margin: 0; }\n+.day { margin: 1rem 0; }',
      }),
    ],
    deployments: [
      [13, 'timeline', 'guilty'],
      [3, 'timeline', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'impatient-poll',
    service: 'status-api',
    title: 'status-api CPU',
    calls: { dashboard: ['status-api'] },
    series: [
      ['status-api', 'cpu_percent', 'percent', 24, 97],
      ['status-api', 'requests_per_second', null, 90, 2700],
    ],
    logs: [['status-api', 'warn', 'request queue is 900 long']],
    commits: [
      commit('guilty', 28, 'dashboard: feels more alive', {
        'dashboard/src/useStatus.ts':
          ' export const useStatus = () =>\n   useQuery({\n     queryKey: ["status"],\n     queryFn: fetchStatus,\n-    refetchInterval: 60_000,\n+    refetchInterval: 2_000,\n   });',
      }),
      commit('decoy-api', 19, 'status-api: gzip answers', {
        'status-api/server.ts': '+app.use(compression({ threshold: 1024 }));',
      }),
      commit('decoy-newest', 5, 'status-api: sort incidents by day', {
        'status-api/incidents.ts': '-  return incidents;\n+  return [...incidents].sort(byDay);',
      }),
    ],
    deployments: [
      [4, 'dashboard', 'guilty'],
      [3, 'status-api', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'cache-key-too-fine',
    service: 'catalog-db',
    title: 'catalog-db CPU',
    calls: { listing: ['catalog-db', 'cache'] },
    series: [
      ['catalog-db', 'postgresql.cpu', 'percent', 20, 95],
      ['listing', 'cache_hit_ratio', 'fraction', 0.96, 0.05],
      ['listing', 'request_duration_p95', 'millisecond', 40, 900],
    ],
    logs: [['listing', 'warn', 'listing served from the database in 812 ms']],
    commits: [
      commit('guilty', 44, 'listing: personalised order of categories', {
        'listing/src/main/java/com/acme/listing/ListingService.java':
          '-  @Cacheable(value = "listing", key = "#category")\n-  public Listing listing(String category) {\n+  @Cacheable(value = "listing", key = "#category + \':\' + #user.id")\n+  public Listing listing(String category, User user) {',
      }),
      commit('decoy-ttl', 32, 'listing: keep listings longer', {
        'listing/src/main/resources/application.yml': '-    time-to-live: 5m\n+    time-to-live: 15m',
      }),
      commit('decoy-vacuum', 9, 'catalog-db: analyse after the import', {
        'catalog-db/jobs/import.sql': ' COPY products FROM STDIN;\n+ANALYZE products;',
      }),
    ],
    deployments: [
      [30, 'listing', 'guilty'],
      [8, 'catalog-db', 'decoy-vacuum'],
    ],
    guilty: 'guilty',
  },
  {
    name: 'breaker-taken-out',
    service: 'home',
    title: 'home latency',
    calls: { home: ['reviews'] },
    series: [
      ['home', 'request_p95', 'millisecond', 130, 10_100],
      ['home', 'threadpool_queue_length', null, 0, 800],
    ],
    logs: [['home', 'warn', 'reviews did not answer within 10000 ms']],
    commits: [
      commit('guilty', 26, 'home: simplify how reviews are fetched', {
        'home/Reviews/ReviewsClient.cs':
          '-    services.AddHttpClient<ReviewsClient>(c => c.Timeout = TimeSpan.FromMilliseconds(400))\n-      .AddPolicyHandler(Policy.Handle<HttpRequestException>().CircuitBreakerAsync(5, TimeSpan.FromSeconds(30)));\n+    services.AddHttpClient<ReviewsClient>(c => c.Timeout = TimeSpan.FromSeconds(10));',
      }),
      commit('decoy-cache', 45, 'home: keep the hero image in the CDN', {
        'home/Hero/HeroController.cs': '+  [ResponseCache(Duration = 3600)]\n   public IActionResult Hero() => View();',
      }),
      commit('decoy-newest', 7, 'home: latency of each block in the log', {
        'home/Blocks/BlockRenderer.cs':
          '+    _log.LogInformation("block {Block} rendered in {Ms} ms", block.Name, watch.ElapsedMilliseconds);',
      }),
    ],
    deployments: [
      [20, 'home', 'guilty'],
      [5, 'home', 'decoy-newest'],
    ],
    guilty: 'guilty',
  },
];
