import { deployment, event, gaugeOf, level, type MiniIncident, mini, node, often, pod, said, step, wellPods } from './world';

const WARNING = 'Kubernetes event Warning:';
const looping = (message = 'back-off 2m40s restarting failed container') =>
  pod('orders-77c-x', { ready: false, restarts: 7, reason: 'CrashLoopBackOff', message });
const partly = [pod('orders-5d8-a'), deployment(3, 2), node('node-1'), node('node-2')];

/** Container platforms: crashes, images, probes, scheduling, nodes, and what only looks like them. */
export const platformIncidents: readonly MiniIncident[] = [
  mini('infrastructure', 'a container is killed for its memory again and again', {
    title: 'Pod restarts',
    summary: 'A pod of orders restarts',
    changes: [event(9, `${WARNING} BackOff`, 'Back-off restarting failed container; last state OOMKilled, exit code 137')],
    logs: [pod('orders-5d8-c', { ready: false, restarts: 5, reason: 'OOMKilled' }), ...partly],
    series: [gaugeOf('kubernetes.memory.usage_pct', step(60, 99), { unit: 'percent' })],
  }),
  mini('healthy', 'memory is high but has been so for long', {
    title: 'Memory of pods',
    summary: 'Memory of orders above 70 %',
    logs: wellPods,
    series: [gaugeOf('kubernetes.memory.usage_pct', level(72, 0.01), { unit: 'percent', minutes: 90 })],
  }),
  mini('configuration', 'a Secret that the new version needs is missing', {
    title: 'Rollout stuck',
    summary: 'New pods of orders do not start',
    changes: [event(12, `${WARNING} Failed`, 'Error: secret "orders-token" not found')],
    logs: [
      pod('orders-77c-x', {
        ready: false,
        reason: 'CreateContainerConfigError',
        message: 'secret "orders-token" not found',
        phase: 'Pending',
      }),
      ...partly,
    ],
  }),
  mini('configuration', 'a required environment variable is missing', {
    title: 'Pods crash',
    summary: 'New pods of orders crash at start',
    changes: [event(10, `${WARNING} BackOff`, 'Back-off restarting failed container orders')],
    logs: [looping(), ...partly, ...often(11, 3, 'fatal: missing required environment variable PAYMENT_URL')],
  }),
  mini('configuration', 'the image tag does not exist', {
    title: 'ImagePullBackOff',
    summary: 'New pods of orders cannot pull their image',
    changes: [
      event(
        10,
        `${WARNING} Failed`,
        'Failed to pull image "registry.example/orders:9.9": manifest for registry.example/orders:9.9 not found: manifest unknown',
      ),
    ],
    logs: [pod('orders-77c-x', { ready: false, reason: 'ImagePullBackOff', phase: 'Pending' }), ...partly],
  }),
  mini('configuration', 'the registry refuses the credentials', {
    title: 'ErrImagePull',
    summary: 'New pods of orders cannot pull their image',
    changes: [event(10, `${WARNING} Failed`, 'Failed to pull image "registry.example/orders:2.0": failed to authorize: 401 Unauthorized')],
    logs: [pod('orders-77c-x', { ready: false, reason: 'ErrImagePull', phase: 'Pending' }), ...partly],
  }),
  mini('healthy', 'a pod of the older version loops while it is removed', {
    title: 'CrashLoopBackOff',
    summary: 'A pod of orders is in CrashLoopBackOff',
    changes: [event(16, `${WARNING} BackOff`, 'Back-off restarting failed container orders')],
    logs: [...wellPods, pod('orders-4aa-z', { ready: false, restarts: 4, reason: 'CrashLoopBackOff', isLeaving: true })],
  }),
  mini('code', 'the program ends by an error of its own after a rollout', {
    title: 'Pods crash',
    summary: 'New pods of orders crash at start',
    changes: [
      event(14, 'Deployed orders 3.1', '', 'deployment'),
      event(10, `${WARNING} BackOff`, 'Back-off restarting failed container orders'),
    ],
    logs: [looping(), ...partly, ...often(11, 4, 'panic: runtime error: invalid memory address or nil pointer dereference')],
  }),
  mini('configuration', 'the liveness probe asks the wrong path', {
    title: 'Pod restarts',
    summary: 'A pod of orders restarts every two minutes',
    changes: [
      event(12, `${WARNING} Unhealthy`, 'Liveness probe failed: HTTP probe failed with statuscode: 404'),
      event(11, `${WARNING} Killing`, 'Container orders failed liveness probe, will be restarted'),
    ],
    logs: [
      pod('orders-77c-x', { ready: false, restarts: 6 }),
      ...partly,
      said(2, 'GET /baskets 200 11ms', 'info'),
      said(1, 'received SIGTERM, shutting down gracefully', 'info'),
    ],
  }),
  mini('healthy', 'a probe failed once while a pod started', {
    title: 'Readiness probe',
    summary: 'A pod of orders was not ready',
    changes: [event(9, `${WARNING} Unhealthy`, 'Readiness probe failed: connection refused')],
    logs: [...wellPods, said(8, 'startup complete', 'info')],
  }),
  mini('infrastructure', 'no node has room for more pods', {
    title: 'Pods pending',
    summary: 'Pods of orders are pending',
    changes: [event(11, `${WARNING} FailedScheduling`, '0/4 nodes are available: 4 Insufficient memory.')],
    logs: [pod('orders-5d8-d', { ready: false, phase: 'Pending', reason: 'Unschedulable' }), ...partly],
  }),
  mini('healthy', 'a pod was pending until the cluster grew', {
    title: 'Pods pending',
    summary: 'A pod of orders was pending for six minutes',
    changes: [event(11, `${WARNING} FailedScheduling`, '0/4 nodes are available: 4 Insufficient cpu.')],
    logs: [
      ...wellPods,
      said(8, 'Scale-up: added a node to group default', 'info', 'cluster-autoscaler'),
      said(5, 'Successfully assigned orders-5d8-c to node-5', 'info', 'scheduler'),
    ],
  }),
  mini('configuration', 'the pods ask for nodes that do not exist', {
    title: 'Pods pending',
    summary: 'Pods of orders are pending',
    changes: [event(11, `${WARNING} FailedScheduling`, "0/4 nodes are available: 4 node(s) didn't match Pod's node affinity/selector.")],
    logs: [pod('orders-77c-x', { ready: false, phase: 'Pending', reason: 'Unschedulable' }), ...partly],
  }),
  mini('infrastructure', 'a node was lost', {
    title: 'Replicas missing',
    summary: 'orders has too few replicas',
    changes: [event(8, `${WARNING} NodeNotReady`, 'Node node-2 status is now: NodeNotReady')],
    logs: [
      pod('orders-5d8-a'),
      pod('orders-5d8-b', { ready: false, reason: 'NodeLost' }),
      deployment(3, 2),
      node('node-1'),
      node('node-2', false),
    ],
  }),
  mini('infrastructure', 'a node runs out of disk and evicts pods', {
    title: 'Pods evicted',
    summary: 'Pods of orders were evicted',
    changes: [event(9, `${WARNING} Evicted`, 'The node was low on resource: ephemeral-storage.')],
    logs: [
      pod('orders-5d8-b', { ready: false, phase: 'Failed', reason: 'Evicted' }),
      ...partly,
      node('node-3', true, { disk_pressure: 'True' }),
    ],
  }),
  mini('configuration', 'the name of the database does not exist', {
    title: 'Errors',
    summary: 'orders answers 500',
    logs: [...wellPods, ...often(6, 12, 'Error: getaddrinfo ENOTFOUND orders-db.shop.svc.cluster.local')],
  }),
  mini('infrastructure', 'the name service does not answer', {
    title: 'Errors',
    summary: 'orders answers 500',
    logs: [...wellPods, ...often(6, 12, 'Error: getaddrinfo EAI_AGAIN orders-db.shop.svc.cluster.local')],
    changes: [event(7, `${WARNING} Unhealthy`, 'CoreDNS pods crash: readiness of coredns failed')],
  }),
  mini('healthy', 'a rollout ended and all replicas are there', {
    title: 'Rollout',
    summary: 'Replicas of orders were unavailable',
    changes: [event(14, 'Deployed orders 3.2', '', 'deployment')],
    logs: [...wellPods, said(11, 'Deployment orders rollout completed', 'info', 'kube-controller-manager')],
  }),
  mini('healthy', 'a scheduled check finds all pods ready', {
    title: 'Scheduled health check',
    summary: 'Periodic check passed',
    state: 'OK',
    logs: wellPods,
  }),
];
