import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../scripts/codeServer';
import type { Json } from '../../src/domain/json';
import { tabLabels } from '../../webview/words';
import type { ChatBody } from '../fakes/ollama/script';
import { type OllamaServer, startOllama } from '../fakes/ollama/server';
import { goodAnswer } from '../fakes/scriptedModel';
import { axeViolations } from './axe';
import { WorkbenchPage } from './workbenchPage';

/** What is missing for its cause stays missing, with the shop's code at hand as well. */
const { scenarios } = JSON.parse(readFileSync(path.join(projectRoot, 'media', 'demo', 'shop', 'history.json'), 'utf8')) as {
  scenarios: { id: string; title: string }[];
};
const title = scenarios.find(({ id }) => id === 'acquirer-outage')!.title;

/** The agent that asks, by the list that its answer begins with. */
const agents: Readonly<Record<string, string>> = {
  sentences: 'incident_summarizer',
  hypotheses: 'hypothesis_ranker',
  steps: 'guided_steps',
  recommendations: 'recommendation_designer',
  cases: 'test_plan',
};

function answerTo({ format }: ChatBody): object {
  const [first = ''] = Object.keys((format as { properties: object }).properties);
  const name = agents[first];
  if (name === undefined) return { ready: true };
  return goodAnswer({ name, system: '', messages: [], schema: format as Json, maxOutputTokens: 0 });
}

describe('a language model behind Ollama', () => {
  let workspace: string;
  let ollama: OllamaServer;
  let workbench: WorkbenchPage;

  before(async () => {
    workspace = mkdtempSync(path.join(tmpdir(), 'aidog-model-'));
    ollama = await startOllama({ answers: (body) => ({ text: answerTo(body) }) });
    workbench = await WorkbenchPage.open({ workspace, extensionDir: projectRoot, env: { OLLAMA_HOST: ollama.url } });
  });

  after(async () => {
    await workbench?.close();
    await ollama?.close();
    rmSync(workspace, { recursive: true, force: true, maxRetries: 5 });
  });

  it('is chosen in the palette from what the server has, and is tried at once', async () => {
    await workbench.runCommand('AIDog: Choose Language Model…');
    await workbench.pick('Ollama');
    await workbench.pick('llama3.2:3b');
    await workbench.page.locator('.statusbar-item .codicon-bell-dot').waitFor({ timeout: 60_000 });
    await workbench.runCommand('Notifications: Show Notifications');
    await workbench.page.locator('.notification-list-item-message', { hasText: 'ollama:llama3.2:3b works' }).first().waitFor();
  });

  it('words the demo incident, and the panel says who answered and what it took', async () => {
    await workbench.runCommand('AIDog: Try the Demo Incident');
    await workbench.pick(title);
    const panel = workbench.panel();
    await panel.getByText('This is the part of the system where requests fail first').first().waitFor({ timeout: 90_000 });
    await panel.getByRole('tab', { name: tabLabels.hypotheses }).click();
    for (const term of ['For', 'Missing'])
      await panel
        .locator('dt', { hasText: new RegExp(`^${term}`) })
        .first()
        .waitFor();
    await panel
      .getByText(/^Why \d+ %/)
      .first()
      .waitFor();
    await panel.getByRole('tab', { name: tabLabels.trace }).click();
    await panel.getByText('ollama:llama3.2:3b').first().waitFor();
    await panel
      .getByText(/[\d,]+ in, [\d,]+ out/)
      .first()
      .waitFor();
    assert.deepEqual(await axeViolations(await workbench.panelFrame()), []);
    await workbench.screenshot('panel-trace-model');
    assert.ok(ollama.chats.length >= 4);
  });

  it('was sent exactly what "Show Last Prompt" opens, byte for byte', async () => {
    await workbench.runCommand('AIDog: Show Last Prompt');
    await workbench.page.locator('.tab.active[data-resource-name^="last-prompt"]').first().waitFor();
    const text = await workbench.editorText();
    assert.match(text, /What language models were sent/);
    assert.ok(text.includes(`${ollama.url}/api/chat`), text.slice(0, 500));
  });

  it('can be seen before it is sent, in the preview', async () => {
    await workbench.runCommand('AIDog: Preview What a Model Is Sent');
    await workbench.page.locator('.tab.active[data-resource-name^="preview"]').first().waitFor();
    const before = ollama.chats.length;
    assert.match(await workbench.editorText(), /Nothing has been sent by this preview\. It is for ollama:llama3\.2:3b/);
    assert.equal(ollama.chats.length, before);
  });
});
