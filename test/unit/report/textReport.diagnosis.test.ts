import assert from 'node:assert/strict';
import type { Investigation } from '../../../src/domain/investigation';
import { textReport } from '../../../src/report/textReport';
import { shopInvestigation } from '../../fixtures/shopInvestigation';

const [best, ...others] = shopInvestigation.hypotheses;
const [step, ...steps] = shopInvestigation.steps;
const told: Investigation = {
  ...shopInvestigation,
  summary: 'Checkout fails for guests since 13:42.',
  hypotheses: [
    {
      ...best!,
      explanation: 'The commit reads the rate of a voucher that guests do not have [E1].',
      nextQuery: { title: 'Errors by version', source: 'spans', query: 'service:checkout', link: null },
    },
    ...others,
  ],
  checks: [
    { type: 'error_burst_after_deploy', isInteresting: true, summary: 'Errors begin with 1.4.2.', evidence: ['E2'], unchecked: [] },
    { type: 'disk_space', isInteresting: false, summary: '', evidence: [], unchecked: ['disks of checkout'] },
  ],
  ruledOut: [{ type: 'cpu_saturation', service: 'checkout', reason: 'CPU did not change.', evidence: ['E3'] }],
  runbooks: [
    {
      id: 'K1',
      origin: 'workspace',
      title: 'Checkout fails',
      section: 'Roll back',
      path: 'runbooks/checkout.md',
      root: '/shop',
      line: 9,
      excerpt: '',
      score: 1,
      matched: [],
    },
  ],
  steps: [{ ...step!, runbooks: ['K1'] }, ...steps],
};

describe('the report of a diagnosis', () => {
  const report = textReport(told);

  it('begins with the summary, behind the verdict', () => {
    assert.match(report, /Affected .*\n\nCheckout fails for guests since 13:42\.\n\nHypotheses\n/);
  });

  it('explains the best hypothesis and says what would settle it', () => {
    assert.match(report, /confidence 86 %.*\n {5}The commit reads the rate of a voucher that guests do not have \[E1\]\.\n/);
    assert.match(report, /\n {5}next {5}Errors by version\n {14}service:checkout\n/);
  });

  it('fills the lines of a narrow terminal with its prose', () => {
    const summary = 'Orders fail for guests. '.repeat(12).trim();
    const lines = textReport({ ...told, summary }, 60).split('\n');
    const prose = lines.filter(
      (line) => line.startsWith('Orders') || line.startsWith('guests') || line.startsWith('fail') || line.startsWith('for'),
    );
    assert.ok(prose.slice(0, -1).every((line) => line.length > 50 && line.length <= 60));
    assert.ok(lines.every((line) => line.length <= 60 || !line.includes(' guests')));
  });

  it('tells what was ruled out, checked, and not checked', () => {
    assert.match(report, /\nRuled out\n {2}- cpu saturation \(checkout\): CPU did not change\. \(E3\)\n/);
    assert.match(
      report,
      /\nChecks\n {2}- error burst after deploy: Errors begin with 1\.4\.2\. \(E2\)\n {2}1 other check could not be made, for want of data\.\n/,
    );
    assert.match(report, /\nCould not be looked at\n.*\n {2}- No data for: disks of checkout\.\n/);
  });

  it('lets steps cite the runbooks that it lists', () => {
    assert.match(report, /\n {5}see K1 Checkout fails › Roll back\n/);
    assert.match(report, /\nRunbooks\n {2}K1 {3}Checkout fails › Roll back \(runbooks\/checkout\.md:9\)\n/);
  });

  it('is the same as before without any of it', () => {
    for (const word of ['Ruled out', 'Checks', 'Runbooks', 'Worded by']) assert.ok(!textReport(shopInvestigation).includes(`\n${word}`));
  });
});
