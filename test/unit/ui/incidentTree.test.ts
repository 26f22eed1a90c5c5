import assert from 'node:assert/strict';
import type { OpenIncident } from '../../../src/protocol/engineApi';
import { Incidents } from '../../../src/ui/incidents';
import { IncidentTree, type TreeNode } from '../../../src/ui/incidentTree';
import { Investigations } from '../../../src/ui/investigations';
import { createFakeEngine, sampleIncident, sampleInvestigation } from '../../fakes/sampleInvestigation';
import { fake, type ThemeIcon } from '../../fakes/vscode';

const clock = { nowMs: () => 12 * 60_000 };
const connection = { site: 'datadoghq.eu', baseUrl: null, apiKey: 'api', appKey: 'app', timeoutSec: 5 };
const silent = { info: () => undefined, error: () => undefined };

async function open(items: OpenIncident[], hint = { count: 0, services: [] as string[] }) {
  fake.reset();
  const engine = createFakeEngine({ listOpenIncidents: () => items, investigate: () => sampleInvestigation('/w') });
  const incidents = new Incidents({ engine, connection: async () => connection, env: () => null });
  const investigations = new Investigations(engine, clock, silent);
  const tree = new IncidentTree(incidents, investigations, clock, () => hint);
  await incidents.refresh();
  return { tree, investigations };
}

const labels = (tree: IncidentTree, nodes: TreeNode[]) => nodes.map((node) => tree.getTreeItem(node).label);

describe('the tree of incidents', () => {
  it('is empty when nothing alerts, so that a welcome text shows', async () => {
    const { tree } = await open([]);
    assert.deepEqual(tree.getChildren(), []);
  });

  it('begins with the anomalies that a survey found, and leads to Home', async () => {
    const { tree } = await open([sampleIncident(1)], { count: 3, services: ['checkout', 'pay\nments'] });
    const [row, ...groups] = tree.getChildren();
    const item = tree.getTreeItem(row!);
    assert.deepEqual([item.label, item.description, (item.iconPath as ThemeIcon).id], ['3 anomalies', 'checkout, pay ments', 'pulse']);
    assert.equal(item.command?.command, 'aidog.openHome');
    assert.deepEqual(tree.getChildren(row), []);
    assert.equal(groups.length, 1);
    const alone = await open([], { count: 1, services: ['checkout'] });
    assert.deepEqual(labels(alone.tree, alone.tree.getChildren()), ['1 anomaly']);
  });

  it('groups by state, the worst first', async () => {
    const { tree } = await open([
      sampleIncident(1, { state: 'Warn' }),
      sampleIncident(2),
      sampleIncident(3, { state: 'No Data' }),
      sampleIncident(4),
    ]);
    const groups = tree.getChildren();
    assert.deepEqual(labels(tree, groups), ['Alerting', 'Warning', 'No data']);
    assert.deepEqual(labels(tree, tree.getChildren(groups[0])), ['Monitor 2', 'Monitor 4']);
    assert.equal(tree.getTreeItem(groups[0]!).description, '2');
  });

  it('says service and age, and speaks the state that the icon shows', async () => {
    const { tree } = await open([sampleIncident(1)]);
    const item = tree.getTreeItem(tree.getChildren(tree.getChildren()[0])[0]!);
    assert.equal(item.description, 'checkout · 12 min. ago');
    assert.equal((item.iconPath as unknown as ThemeIcon).id, 'error');
    assert.equal(item.accessibilityInformation?.label, 'Alerting, Monitor 1, checkout · 12 min. ago');
    assert.equal(item.contextValue, 'incident.linked');
  });

  it('investigates an alert that is opened, and shows the investigation that there is already', async () => {
    const { tree, investigations } = await open([sampleIncident(1), sampleIncident(2)]);
    const [row, other] = tree.getChildren(tree.getChildren()[0]) as [TreeNode, TreeNode];
    const commandOf = (node: TreeNode) => tree.getTreeItem(node).command;
    assert.deepEqual([commandOf(row)?.command, commandOf(row)?.arguments], ['aidog.investigateIncident', [row]]);
    const run = investigations.start({ target: { kind: 'monitor', id: 1 }, subject: 'Monitor 1', repositories: [], link: null });
    await investigations.ended(run);
    assert.deepEqual([commandOf(row)?.command, commandOf(row)?.arguments], ['aidog.showInvestigation', [run.snapshot.runId]]);
    assert.equal(commandOf(other)?.command, 'aidog.investigateIncident');
  });

  it('leaves out what is not known', async () => {
    const incident = { ...sampleIncident(1, { triggeredAtMs: null }), service: null, link: null };
    const { tree } = await open([incident]);
    const item = tree.getTreeItem(tree.getChildren(tree.getChildren()[0])[0]!);
    assert.deepEqual([item.description, item.contextValue], ['', 'incident']);
  });

  it('shows telemetry text as text: one line, no Markdown object, no control characters', async () => {
    const hostile = { ...sampleIncident(1), title: '[x](command:y)\n<script>\u202e' };
    const { tree } = await open([hostile]);
    const item = tree.getTreeItem(tree.getChildren(tree.getChildren()[0])[0]!);
    assert.equal(typeof item.tooltip, 'string');
    assert.doesNotMatch(String(item.label), /[\n\u202e]/);
  });

  it('lists the investigations of the session and opens one when it is chosen', async () => {
    const { tree, investigations } = await open([]);
    const run = investigations.start({
      target: { kind: 'monitor', id: 1 },
      subject: 'Checkout',
      repositories: [],
      link: 'https://app.datadoghq.com/monitors/1',
    });
    const [group] = tree.getChildren();
    assert.equal(tree.getTreeItem(group!).label, 'Investigations');
    const running = tree.getTreeItem(tree.getChildren(group)[0]!);
    assert.deepEqual([running.description, running.contextValue], ['starting', 'run.running.linked']);
    assert.deepEqual(running.command?.arguments, [run.snapshot.runId]);
    await investigations.ended(run);
    const done = tree.getTreeItem(tree.getChildren(tree.getChildren()[0])[0]!);
    assert.deepEqual([done.description, done.contextValue], ['code change', 'run.done.linked']);
    assert.match(String(done.tooltip), /A change to total\(\) throws/);
  });

  it('has nothing below a row', async () => {
    const { tree } = await open([sampleIncident(1)]);
    assert.deepEqual(tree.getChildren(tree.getChildren(tree.getChildren()[0])[0]), []);
  });
});
