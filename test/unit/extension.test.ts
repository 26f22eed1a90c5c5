import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import german from '../../l10n/bundle.l10n.de.json';
import manifest from '../../package.json';
import germanManifest from '../../package.nls.de.json';
import englishManifest from '../../package.nls.json';
import { activate, deactivate } from '../../src/extension';
import { commandIds } from '../../src/ui/commands';
import { homeViewType } from '../../src/ui/home/homePanel';
import { panelViewType } from '../../src/ui/panel';
import { fake, Uri } from '../fakes/vscode';
import { FakeStore } from '../fakes/vscodeParts';

const root = join(__dirname, '..', '..');
const ui = join(root, 'src', 'ui');

/** Every text in a JSON value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Every module below a folder. */
const sourcesIn = (dir: string) =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(dir, file));

function start() {
  fake.reset();
  const context = {
    extensionUri: Uri.file(root),
    globalStorageUri: Uri.file('/nowhere'),
    secrets: new FakeStore(),
    workspaceState: new FakeStore(),
  };
  return activate(context as never);
}

describe('the extension', () => {
  afterEach(() => deactivate());

  it('registers what its manifest promises, and has nothing to show yet', () => {
    const api = start();
    assert.deepEqual([...fake.commands.keys()].toSorted(), Object.values(commandIds).toSorted());
    assert.deepEqual([...fake.serializers.keys()].toSorted(), [homeViewType, panelViewType]);
    assert.deepEqual([fake.treeViews.length, fake.lensProviders.length, fake.statusBarItems.length], [3, 1, 1]);
    assert.equal(api.lastSnapshot(), null);
  });

  it('shows nothing to the person, opens nothing and starts no engine by being activated', () => {
    start();
    assert.deepEqual([fake.messages, fake.panels, fake.opened, fake.executed, fake.logLines], [[], [], [], [], []]);
    assert.equal(fake.statusBarItems[0]!.isVisible, false);
  });

  it('makes no number or date format while it loads, since the first of a process takes 20 ms', () => {
    const sources = ['ui', 'domain', 'protocol'].flatMap((dir) => sourcesIn(join(root, 'src', dir)));
    assert.deepEqual(
      sources.filter((file) => /^(export )?const \w+ = new Intl\./m.test(readFileSync(file, 'utf8'))),
      [],
    );
  });

  it('gives everything back when it is deactivated, also twice', () => {
    start();
    deactivate();
    deactivate();
    const { configuration, documentChange, documentClose, documentSave, theme } = fake.events;
    assert.deepEqual([fake.commands.size, fake.treeViews[0]!.isDisposed, fake.statusBarItems[0]!.isDisposed], [0, true, true]);
    assert.deepEqual(
      [configuration, documentChange, documentClose, documentSave, theme].map(({ listenerCount }) => listenerCount),
      [0, 0, 0, 0, 0],
    );
  });
});

describe('the manifest', () => {
  const { contributes, capabilities } = manifest;

  it('is activated by what is used, and never at start', () => {
    assert.deepEqual(manifest.activationEvents, [
      `onWebviewPanel:${panelViewType}`,
      `onWebviewPanel:${homeViewType}`,
      'onUri',
      'onLanguage:log',
    ]);
  });

  it('takes every text that a person reads from the language files, and these have no others', () => {
    const keys = textsIn(manifest).flatMap((text) => /^%(.+)%$/.exec(text)?.[1] ?? []);
    assert.deepEqual([...new Set(keys)].toSorted(), Object.keys(englishManifest).toSorted());
    const readable = [
      ...contributes.commands.map(({ title }) => title),
      ...contributes.viewsWelcome.map(({ contents }) => contents),
      ...contributes.walkthroughs.flatMap(({ title, description, steps }) => [
        title,
        description,
        ...steps.flatMap((step) => [step.title, step.description, step.media.altText]),
      ]),
    ];
    assert.deepEqual(
      readable.filter((text) => !/^%.+%$/.test(text)),
      [],
    );
  });

  it('is whole in German', () => {
    assert.deepEqual(Object.keys(germanManifest).toSorted(), Object.keys(englishManifest).toSorted());
  });

  it('names only commands that exist in its welcome texts and its walkthrough', () => {
    const own = Object.values<string>(commandIds);
    for (const texts of [englishManifest, germanManifest]) {
      const named = textsIn(texts).flatMap((text) => [...text.matchAll(/command:([\w.]+)/g)].map(([, id]) => id!));
      assert.deepEqual(
        named.filter((id) => id.startsWith('aidog.') && !own.includes(id)),
        [],
      );
    }
    const completing = contributes.walkthroughs.flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents));
    assert.deepEqual(
      completing.filter((event) => event.startsWith('onCommand:') && !own.includes(event.slice('onCommand:'.length))),
      [],
    );
  });

  it('names only pictures that exist; icons of views and steps are vector, the extension has a large one', () => {
    const files = textsIn(manifest).filter((text) => /^media\/.*\.(svg|png)$/.test(text));
    assert.deepEqual(
      files.filter((file) => !existsSync(join(root, file))),
      [],
    );
    assert.equal(readFileSync(join(root, manifest.icon)).readUInt32BE(16), 256);
    assert.match(readFileSync(join(root, contributes.viewsContainers.activitybar[0]!.icon), 'utf8'), /currentColor/);
  });

  it('draws the walkthrough in the colours of the theme', () => {
    for (const { media } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      const colours = [...readFileSync(join(root, media.svg), 'utf8').matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, colour]) => colour!);
      assert.deepEqual(
        colours.filter((colour) => !colour.startsWith('var(--vscode-') && colour !== 'none'),
        [],
      );
    }
  });

  it('begins its walkthrough of at most five steps without an account', () => {
    const [{ steps }] = contributes.walkthroughs as [(typeof contributes.walkthroughs)[0]];
    assert.ok(steps.length <= 5);
    assert.deepEqual(steps[0]!.completionEvents, ['onCommand:aidog.tryDemo']);
  });

  it('has a welcome text for every state of the view', () => {
    const conditions = contributes.viewsWelcome.map(({ when }) => when).join('\n');
    for (const state of ["'unconfigured'", "'loading'", "'ready'", "'failed'", 'workspaceFolderCount == 0', '!isWorkspaceTrusted'])
      assert.ok(conditions.includes(state), state);
  });

  it('is limited without trust and in virtual workspaces, and takes no address from an untrusted folder', () => {
    assert.deepEqual([capabilities.untrustedWorkspaces.supported, capabilities.virtualWorkspaces.supported], ['limited', 'limited']);
    assert.ok(capabilities.untrustedWorkspaces.restrictedConfigurations.includes('aidog.datadog.baseUrl'));
    assert.deepEqual(manifest.extensionKind, ['workspace']);
  });
});

describe('the German texts', () => {
  const asked = sourcesIn(ui)
    .map((file) => readFileSync(file, 'utf8'))
    .flatMap((text) => [...text.matchAll(/l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g)].map(([, sentence]) => sentence!));

  it('exist for every sentence in the code, and for no other', () => {
    assert.ok(asked.length > 50);
    assert.deepEqual(Object.keys(german).toSorted(), [...new Set(asked)].toSorted());
  });

  it('keep the places for values', () => {
    const places = (text: string) => (text.match(/\{\d\}/g) ?? []).toSorted();
    for (const [english, translated] of Object.entries(german)) assert.deepEqual(places(translated), places(english), english);
  });

  it('use one word for one thing, and put no space before an ellipsis', () => {
    const texts = [...textsIn(german), ...textsIn(germanManifest)];
    assert.deepEqual(
      texts.filter((text) => /Vorfall|Vorfäll|Sicherheit|[Bb]ehalten| …/.test(text)),
      [],
    );
  });
});
