/** The parts of a container platform, which report on other programs' troubles: their errors are about somebody else. */
const REPORTERS =
  /^(kubelet|kubernetes|kube-[\w-]+|scheduler|default-scheduler|cluster-autoscaler|karpenter|(deployment|replicaset|node|job|endpoint)-controller|containerd|dockerd|argocd[\w-]*|flux[\w-]*)$/i;

/** Whether what a service logs is a report about others. */
export function isReporter(service: string): boolean {
  return REPORTERS.test(service);
}
