import assert from 'node:assert/strict';
import { isReporter } from '../../../../src/investigation/perceive/platformReporters';

describe('isReporter', () => {
  it('is a part of the platform, not a program that runs on it', () => {
    for (const service of ['kubelet', 'kube-controller-manager', 'cluster-autoscaler', 'scheduler', 'argocd-server'])
      assert.ok(isReporter(service));
    for (const service of ['orders', 'kubernetes-dashboard-backend-x', 'job-scheduler', 'coredns']) assert.ok(!isReporter(service));
  });
});
