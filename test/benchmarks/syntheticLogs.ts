import { createRandom } from '../../src/signals/logs/random';

export interface LabelledLog {
  readonly name: string;
  readonly messages: readonly string[];
  /** The true group of each message. */
  readonly groups: readonly string[];
}

/** Draws for one message. */
interface Draw {
  int(most: number): number;
  pick(words: string): string;
  hex(length: number): string;
  ip(): string;
  host(): string;
  uuid(): string;
  float(): string;
}

type Template = readonly [weight: number, message: (draw: Draw) => string];

const NAMES =
  'alice bob carol dave erin frank grace heidi ivan judy mallory niaj olivia peggy rupert sybil trent victor walter wendy zoe adam bea carl dina emil fay gus hana ines';
const HOSTS = 'www.example.com mail.example.org cdn.assets.example.net api.pay.example.io proxy.campus.example.edu login.example.co.uk';

/** How a system of each kind logs, with numbers, names and lists where such systems have them. Weights are shares. */
const SYSTEMS: Readonly<Record<string, readonly Template[]>> = {
  proxy: [
    [
      45,
      ({ host, int, float, pick }) =>
        `${host()}:${int(60000)} close, ${int(90000)} bytes${pick('a b') === 'a' ? ` (${float()} KB)` : ''} sent, ${int(90000)} bytes${pick('a b') === 'a' ? ` (${float()} ${pick('KB MB')})` : ''} received, lifetime ${pick('a b') === 'a' ? '<1 sec' : `00:0${int(9)}`}`,
    ],
    [40, ({ host, int }) => `${host()}:${int(60000)} open through proxy proxy.campus.example.edu:${int(9000)} HTTPS`],
    [5, ({ host, int }) => `${host()}:${int(60000)} open through proxy proxy.campus.example.edu:${int(9000)} SOCKS5`],
    [
      5,
      ({ host, int }) =>
        `${host()}:${int(60000)} error : Could not connect through proxy proxy.campus.example.edu:${int(9000)} - Proxy server cannot establish a connection with the target, status code ${int(600)}`,
    ],
    [2, ({ host, int }) => `${host()}:${int(60000)} error : A connection request was canceled before the completion.`],
    [1, ({ int }) => `proxy.campus.example.edu:${int(9000)} error : Could not resolve the name of the proxy`],
  ],
  compute: [
    [
      20,
      ({ ip, hex, int, float }) =>
        `${ip()} "GET /v2/${hex(32)}/servers/detail HTTP/1.1" status: ${int(600)} len: ${int(3000)} time: 0.${int(999999)}${float()}`,
    ],
    [
      10,
      ({ ip, hex, uuid, int }) =>
        `${ip()} "POST /v2/${hex(32)}/os-server-external-events/${uuid()} HTTP/1.1" status: ${int(600)} len: ${int(3000)} time: 0.${int(999999)}`,
    ],
    [
      3,
      ({ ip, hex, uuid, int }) =>
        `${ip()} "DELETE /v2/${hex(32)}/servers/${uuid()} HTTP/1.1" status: ${int(600)} len: ${int(3000)} time: 0.${int(999999)}`,
    ],
    [5, ({ uuid }) => `[instance: ${uuid()}] VM Started (Lifecycle Event)`],
    [5, ({ uuid }) => `[instance: ${uuid()}] VM Paused (Lifecycle Event)`],
    [5, ({ uuid }) => `[instance: ${uuid()}] VM Resumed (Lifecycle Event)`],
    [5, ({ uuid, float }) => `[instance: ${uuid()}] Took ${float()} seconds to spawn the instance on the hypervisor.`],
    [5, ({ uuid, float }) => `[instance: ${uuid()}] Took ${float()} seconds to build instance.`],
    [5, ({ uuid, hex }) => `image ${uuid()} at (/var/lib/nova/instances/_base/${hex(40)}): checking`],
    [
      5,
      ({ uuid, hex, int }) =>
        `image ${uuid()} at (/var/lib/nova/instances/_base/${hex(40)}): in use: on this node ${int(9)} local, ${int(9)} on other nodes sharing this instance storage`,
    ],
    [5, ({ uuid }) => `[instance: ${uuid()}] During sync_power_state the instance has a pending task (spawning). Skip.`],
    [5, ({ uuid, int, float }) => `[instance: ${uuid()}] Total memory: ${int(90000)} MB, used: ${float()} MB`],
    [5, ({ uuid, float }) => `[instance: ${uuid()}] memory limit: ${float()} MB, free: ${float()} MB`],
    [4, ({ uuid }) => `[instance: ${uuid()}] Creating image`],
    [4, ({ uuid }) => `[instance: ${uuid()}] Claim successful`],
    [2, () => 'Running instance usage audit for host cp-1 from 2017-05-16 14:00:00 to 2017-05-16 15:00:00. 23 instances.'],
    [2, ({ hex }) => `Removable base files: /var/lib/nova/instances/_base/${hex(40)}`],
  ],
  dataflow: [
    [30, ({ int }) => `Finished task ${int(99)}.0 in stage ${int(99)}.0 (TID ${int(9999)}). ${int(3000)} bytes result sent to driver`],
    [30, ({ int }) => `Running task ${int(99)}.0 in stage ${int(99)}.0 (TID ${int(9999)})`],
    [10, ({ int }) => `Found block rdd_${int(99)}_${int(99)} locally`],
    [
      8,
      ({ int, float, pick }) =>
        `Block broadcast_${int(99)} stored as values in memory (estimated size ${float()} ${pick('KB B MB')}, free ${float()} ${pick('KB MB')})`,
    ],
    [
      8,
      ({ int, float, pick }) =>
        `Block broadcast_${int(99)}_piece${int(3)} stored as bytes in memory (estimated size ${float()} ${pick('KB B MB')}, free ${float()} ${pick('KB MB')})`,
    ],
    [6, ({ int, float }) => `Block rdd_${int(99)}_${int(99)} stored as bytes in memory (estimated size ${float()} KB, free ${float()} MB)`],
    [5, ({ int }) => `Times: total = ${int(99)}, boot = ${int(99) - 50}, init = ${int(99)}, finish = ${int(99)}`],
    [5, ({ ip, int }) => `Input split: hdfs://${ip()}:9000/logs/part.log:${int(99999)}+${int(9999)}`],
    [5, ({ int }) => `Reading broadcast variable ${int(99)} took ${int(99)} ms`],
    [3, ({ int }) => `Partition rdd_${int(9)}_${int(99)} not found, computing it`],
    [1, ({ pick }) => `Changing view acls to: ${pick('yarn,curi spark')}`],
    [
      1,
      ({ pick }) =>
        `${pick('mapred.tip.id mapred.task.id mapred.task.is.map mapred.job.id')} is deprecated. Instead, use ${pick('mapreduce.task.id mapreduce.task.attempt.id mapreduce.job.id')}`,
    ],
    [1, ({ int }) => `Successfully started service 'sparkExecutorActorSystem' on port ${int(60000)}.`],
    [1, ({ ip, int }) => `Removed broadcast_${int(99)} on ${ip()}:${int(60000)} in memory`],
  ],
  cluster: [
    [10, ({ pick }) => `session opened for user ${pick('root admin')} by (uid=0)`],
    [10, () => 'session closed for user root'],
    [10, () => '(root) CMD (run-parts /etc/cron.hourly)'],
    [10, ({ hex, int }) => `DHCPDISCOVER from 00:${hex(2)}:43:${hex(2)}:ba:c3 via eth${int(3)}: network A_side: no free leases`],
    [10, ({ hex, int }) => `DHCPDISCOVER from 00:${hex(2)}:43:${hex(2)}:ba:c3 via eth${int(3)}`],
    [10, ({ int }) => `data_thread() got not answer from any [Cluster_${int(9)}] datasource`],
    [8, ({ ip, int }) => `synchronized to ${ip()}, stratum ${int(5)}`],
    [
      8,
      ({ pick, int }) =>
        `Warning: we failed to resolve data source name ${pick('dn en bn an tbird-admin badmin')}${int(999)} ${pick('dn en bn an')}${int(999)}`,
    ],
    [5, ({ ip, int }) => `connection from ${ip()} port ${int(60000)}`],
    [5, ({ host, ip, pick }) => `connect from ${host()} ${pick('a b') === 'a' ? `(${ip()})` : '()'}`],
    [4, ({ int, pick }) => `Accepted publickey for ${pick(NAMES)} from ::ffff:10.1.0.${int(255)} port ${int(60000)} ssh2`],
    [4, ({ int }) => `check pass; user unknown id ${int(9)}`],
    [4, ({ hex }) => `to=root, ctladdr=root (0/0), delay=00:00:01, xdelay=00:00:00, mailer=local, pri=31${hex(1)}, dsn=2.0.0, stat=Sent`],
    [2, ({ int }) => `CPU${int(9)}: Temperature above threshold, cpu clock throttled (total events = ${int(999)})`],
    [2, ({ hex }) => `ib_sm_sweep.c:${hex(3).replace(/[a-f]/g, '7')}]: Topology changed`],
  ],
  updates: [
    [
      20,
      ({ hex, int }) =>
        `Loaded Servicing Stack v6.1.7601.${int(30000)} with Core: C:\\Windows\\winsxs\\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_6.1.7601.${int(30000)}_none_${hex(16)}\\cbscore.dll`,
    ],
    [15, ({ int }) => `SQM: Cleaning up report files older than ${int(20)} days.`],
    [15, ({ hex }) => `Failed to get next element [HRESULT = 0x${hex(8)} - CBS_E_MANIFEST_INVALID_ITEM]`],
    [10, ({ int, pick }) => `Session: ${int(99999999)}_${int(99999999)} initialized by client ${pick('WindowsUpdateAgent')}.`],
    [
      10,
      ({ int }) =>
        `Read out cached package applicability for package: Package_for_KB${int(3999999)}~31bf3856ad364e35~amd64~~6.1.1.${int(9)}, ApplicableState: ${int(120)}, CurrentState:${int(120)}`,
    ],
    [
      10,
      ({ hex, int }) =>
        `0000000${hex(1)}@2016/9/${int(30)}:20:40:5${int(9)}.744 CSI Transaction @0x${hex(6)} initialized for deployment engine {${hex(8)}-9d12-11e6-80f5-${hex(12)}} with flags 00000002 and client id [${int(30)}]"TI6.${int(99999999)}_${int(999999)}:1/"`,
    ],
    [8, () => 'Warning: Unrecognized packageExtended attribute.'],
    [8, () => 'Expecting attribute name [HRESULT = 0x800f080d - CBS_E_MANIFEST_INVALID_ITEM]'],
    [5, ({ int }) => `SQM: Requesting upload of all unsent reports. Number ${int(9)}`],
    [5, () => 'TrustedInstaller service starts successfully.'],
    [5, () => 'Ending TrustedInstaller finalization.'],
    [5, () => 'Starting TrustedInstaller finalization.'],
    [5, () => 'No startup processing required, TrustedInstaller service was not set as autostart'],
  ],
  phone: [
    [
      20,
      ({ int, pick }) =>
        `acquire lock=${int(999999999)}, flags=0x${int(9)}, tag="${pick('a b') === 'a' ? 'View Lock' : 'View Lock'}", name=com.android.systemui, ws=null, uid=${int(20000)}, pid=${int(9999)}`,
    ],
    [
      20,
      ({ int }) =>
        `release:lock=${int(999999999)}, flg=0x0, tag="View Lock", name=com.android.systemui", ws=null, uid=${int(20000)}, pid=${int(9999)}`,
    ],
    [
      8,
      ({ int }) =>
        `acquire lock=${int(999999999)}, flags=0x1, tag="RILJ_ACK_WL", name=com.android.phone, ws=null, uid=${int(20000)}, pid=${int(9999)}`,
    ],
    [
      10,
      ({ int, pick }) =>
        `ready=true,policy=${int(4)},wakefulness=${int(2)},wksummary=0x${int(99)},uasummary=0x${int(9)},bootcompleted=true,boostinprogress=${pick('true false')},waitmodeenable=${pick('true false')},mode=${pick('true false')},manual=${int(99)},auto=-1,adj=0.0userId=0`,
    ],
    [
      10,
      ({ hex, pick, int }) =>
        `Skipping AppWindowToken{${hex(7)} token=Token{${hex(7)} ActivityRecord{${hex(7)} u0 com.example.${pick(NAMES)}/.${pick('Main Detail Settings Login')}Activity t${int(999)}}}} -- going to hide`,
    ],
    [
      10,
      ({ hex, pick }) =>
        `printFreezingDisplayLogsopening app wtoken = AppWindowToken{${hex(7)} token=Token{${hex(7)}}}, allDrawn= ${pick('true false')}, startingDisplayed =  ${pick('true false')}, startingMoved =  false, isRelaunching =  false`,
    ],
    [8, ({ int }) => `getRunningAppProcesses: caller ${int(20000)} does not hold REAL_GET_TASKS; limiting output`],
    [8, ({ int }) => `HBM brightnessIn =${int(99)}`],
    [8, ({ int }) => `HBM brightnessOut =${int(99)}`],
    [8, ({ int }) => `Animating brightness: target=${int(99)}, rate=${int(99)}`],
    [
      5,
      ({ int, hex }) =>
        `setSystemUiVisibility vis=${hex(2)} mask=${int(9)} oldVal=${hex(8)} newVal=${hex(8)} diff=${int(9)} fullscreenStackVis=0 dockedStackVis=0, fullscreenStackBounds=Rect(0, 0 - 0, 0), dockedStackBounds=Rect(0, 0 - ${int(9)}, 0)`,
    ],
    [5, ({ pick }) => `cancelNotificationLocked called, tag=${pick('null null job')}`],
    [5, ({ pick }) => `visible is system.call.count gt ${pick('one two')}`],
    [5, ({ pick, int }) => `startAnimation begin from ${pick('StatusBar Keyguard')} ${int(9)}`],
  ],
  steps: [
    [25, ({ int }) => `onStandStepChanged ${int(9999)}`],
    [25, ({ int }) => `onExtend:${int(999999999)}0000 ${int(99)} ${int(9)} ${int(9)}`],
    [
      15,
      ({ int }) =>
        `getTodayTotalDetailSteps = 1514038${int(999999)}##${int(9999)}##${int(999999)}##${int(9999)}##${int(99999)}##${int(99999999)}`,
    ],
    [
      10,
      ({ int }) =>
        `setTodayTotalDetailSteps=1514038${int(999999)}##${int(9999)}##${int(999999)}##${int(9999)}##${int(99999)}##${int(99999999)}`,
    ],
    [10, ({ int }) => `REPORT : ${int(9999)} ${int(9999)} ${int(999999)} ${int(999)}`],
    [5, ({ int }) => `calculateCaloriesWithCache totalCalories=${int(99999)}`],
    [5, ({ int }) => `calculateAltitudeWithCache totalAltitude=${int(999)}`],
    [3, () => 'processHandleBroadcastAction action:android.intent.action.TIME_TICK'],
    [3, () => 'onReceive action: android.intent.action.SCREEN_ON'],
    [3, () => 'onReceive action: android.intent.action.SCREEN_OFF'],
    [3, () => 'flush sensor data'],
    [3, () => ' upLoadHealthData'],
    [2, ({ int }) => `upLoadOneMinuteDataToEngine time=${int(99999999)},${int(9)},${int(99)},${int(99)},${int(9)}`],
    [2, () => 'screen status unknown,think screen on'],
  ],
  supercomputer: [
    [25, ({ int }) => `boot (command ${int(4000)})`],
    [20, ({ int }) => `Component State Change: Component \\042alt${int(9)}\\042 is in the unavailable state (HWID=${int(9999)})`],
    [10, ({ int }) => `Link error on broadcast tree Interconnect-${int(9)}T00:00:${int(9)}:${int(9)}`],
    [8, () => 'PSU status ( on on )'],
    [4, () => 'PSU status ( on off )'],
    [8, ({ int }) => `Temperature (${int(90)}C) exceeds warning threshold`],
    [8, ({ int }) => `Fan speeds ( ${int(9999)} ${int(9999)} ${int(9999)} ${int(9999)} ${int(9999)} ${int(9999)} )`],
    [8, ({ int }) => `ambient=${int(60)}`],
    [
      5,
      ({ int, hex }) => `inconsistent nodesets ${Array.from({ length: 2 + int(5) }, () => `node-${int(255)} 0x${hex(9)} <ok>`).join(' ')}`,
    ],
    [5, ({ int }) => `ServerFileSystem: An ServerFileSystem domain panic has occurred on storage${int(999)}`],
    [5, ({ int }) => `ClusterFileSystem: There is no server for ServerFileSystem domain storage${int(999)}`],
    [
      5,
      ({ int, pick }) =>
        `Targeting domains:node-D${int(9)} and nodes:node-[${int(99)}-${int(99)}${pick('a b') === 'a' ? `, ${int(99)}` : ''}] child of command ${int(9999)}`,
    ],
    [5, () => 'Command has completed successfully'],
    [5, () => 'Linkerror event interval expired'],
    [5, () => 'network connection lost'],
    [4, ({ int }) => `halt (command ${int(4000)})`],
    [3, ({ int }) => `wait (command ${int(4000)})`],
    [3, ({ int }) => `risBoot (command ${int(4000)})`],
  ],
  shop: [
    [20, ({ pick, int }) => `user ${pick(NAMES)} added item ${int(999)} to cart`],
    [15, ({ pick, host }) => `login of ${pick(NAMES)} from ${host()} succeeded`],
    [10, ({ uuid, int }) => `request_id=${uuid()} method=GET path=/cart status=${int(600)} duration=${int(999)}ms`],
    [10, ({ uuid, int }) => `request_id=${uuid()} method=POST path=/checkout status=${int(600)} duration=${int(999)}ms`],
    [8, ({ pick }) => `cache miss for key ${pick(NAMES)}:${pick('profile cart orders')}`],
    [6, ({ int }) => `pool exhausted: ${int(50)} of ${int(50)} connections in use, waiting ${int(5000)} ms`],
    [6, ({ int }) => `payment declined: code=card_declined order=${int(99999)}`],
    [6, ({ int }) => `payment declined: code=insufficient_funds order=${int(99999)}`],
    [5, ({ pick }) => `sending mail to ${pick(NAMES)}@example.com`],
    [5, ({ pick, int }) => `worker ${pick('idle busy')} after ${int(99)} jobs`],
    [3, () => 'shutdown requested'],
    [3, () => 'shutdown complete'],
    [
      2,
      ({ pick, int }) =>
        `feature ${pick('dark-mode fast-checkout new-search beta-nav gift-cards price-alerts')} enabled for ${int(100)}% of users`,
    ],
  ],
};

function drawOf(random: () => number): Draw {
  const int = (most: number) => Math.floor(random() * most);
  const pick = (words: string) => {
    const all = words.split(' ');
    return all[Math.floor(random() ** 2 * all.length)] ?? '';
  };
  const hex = (length: number) => Array.from({ length }, () => int(16).toString(16)).join('');
  return {
    int,
    pick,
    hex,
    ip: () => `10.${int(255)}.${int(255)}.${int(255)}`,
    host: () => pick(HOSTS),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    float: () => (random() * 1000).toFixed(2),
  };
}

/** Logs of made-up systems with the true group of each message; the same seed gives the same. */
export function syntheticLogs(seed: number, messages = 2000): readonly LabelledLog[] {
  return Object.entries(SYSTEMS).map(([name, templates], at) => {
    const random = createRandom(seed * 1000 + at);
    const draw = drawOf(random);
    const total = templates.reduce((sum, [weight]) => sum + weight, 0);
    const drawn = Array.from({ length: messages }, () => {
      let left = random() * total;
      const isChosen = ([weight]: Template) => {
        left -= weight;
        return left < 0;
      };
      const group = Math.max(0, templates.findIndex(isChosen));
      return { group: `${group}`, message: templates[group]?.[1](draw) ?? '' };
    });
    return { name, messages: drawn.map(({ message }) => message), groups: drawn.map(({ group }) => group) };
  });
}
