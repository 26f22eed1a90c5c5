import assert from 'node:assert/strict';
import manifest from '../../../package.json';
import {
  isEditingMarked,
  readCodeLensSettings,
  readDiagnosticSettings,
  readForecastSettings,
  readGitHubBaseUrl,
  readHomeRefreshMinutes,
  readHotPathSettings,
  readSettings,
  settingDefaults,
} from '../../../src/ui/settings';
import { datadogSites } from '../../../src/ui/sites';
import { changeSettings, fake } from '../../fakes/vscode';

interface Declared {
  readonly type: string;
  readonly default: unknown;
  readonly scope?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly markdownDescription?: string;
}

const declared: Record<string, Declared> = Object.assign({}, ...manifest.contributes.configuration.map(({ properties }) => properties));

describe('the settings', () => {
  beforeEach(() => fake.reset());

  it('have the keys and defaults that package.json declares', () => {
    assert.deepEqual(Object.fromEntries(Object.entries(declared).map(([key, schema]) => [key, schema.default])), settingDefaults);
  });

  for (const [key, schema] of Object.entries(declared)) {
    it(`declares a type, a scope and a description for ${key}`, () => {
      assert.match(schema.type, /^(string|number|boolean|array|object)$/);
      assert.equal(typeof schema.scope, 'string');
      assert.match(schema.description ?? schema.markdownDescription ?? '', /^%setting\./);
    });
  }

  it('say how often Home looks at the services, within bounds', () => {
    assert.equal(readHomeRefreshMinutes(), 10);
    for (const [given, used] of [
      [0, 0],
      [-5, 0],
      [99_999, 1440],
      ['often', 10],
    ] as const) {
      changeSettings({ 'aidog.home.refreshMinutes': given });
      assert.equal(readHomeRefreshMinutes(), used);
    }
  });

  it('hold nothing that looks like a secret', () => {
    assert.deepEqual(
      Object.keys(declared).filter((key) => /token(?!s$)|apikey|appkey|secret|password/i.test(key)),
      [],
    );
  });

  it('offer every site that Datadog has', () => {
    assert.deepEqual(declared['aidog.datadog.site']?.enum, datadogSites);
  });

  it('read as defaults when nothing is set', () => {
    assert.deepEqual(readSettings(), {
      site: 'datadoghq.com',
      baseUrl: null,
      timeoutSec: 20,
      env: null,
      refreshMinutes: 0,
      codeLens: { isEnabled: true, minimumRequests: 1, notablePercent: null, template: '{p95} {change} · {errors} · {env} {window}' },
    });
  });

  it('come back within their bounds and of the right type, whatever was written', () => {
    changeSettings({
      'aidog.datadog.site': 'evil.example',
      'aidog.datadog.timeoutSeconds': 100_000,
      'aidog.incidents.refreshMinutes': -3,
      'aidog.codeLens.minimumRequests': 'many',
      'aidog.codeLens.template': 7,
      'aidog.datadog.env': ' prod ',
    });
    const { site, timeoutSec, refreshMinutes, codeLens, env } = readSettings();
    assert.deepEqual([site, timeoutSec, refreshMinutes, env], ['datadoghq.com', 300, 0, 'prod']);
    assert.deepEqual(codeLens, readCodeLensSettings());
    assert.deepEqual([codeLens.minimumRequests, codeLens.template], [1, '{p95} {change} · {errors} · {env} {window}']);
  });

  it('of hot paths are bounded, whatever is written there', () => {
    assert.deepEqual(readHotPathSettings(), { refreshMinutes: 10, windowMinutes: 60, env: null, services: null });
    const services = ['checkout', 7, ' ', ...Array.from({ length: 80 }, (_, at) => `s${at}`)];
    changeSettings({ 'aidog.hotPaths.refreshMinutes': -3, 'aidog.hotPaths.windowMinutes': 1, 'aidog.hotPaths.services': services });
    const read = readHotPathSettings();
    assert.deepEqual([read.refreshMinutes, read.windowMinutes, read.services?.length, read.services?.[0]], [0, 15, 50, 'checkout']);
    changeSettings({ 'aidog.hotPaths.services': 'checkout' });
    assert.equal(readHotPathSettings().services, null);
  });

  it('of marks know only the severities that are offered', () => {
    assert.deepEqual(readDiagnosticSettings(), { isEnabled: true, severity: 'information' });
    changeSettings({ 'aidog.diagnostics.severity': 'warning', 'aidog.diagnostics.enabled': false });
    assert.deepEqual(readDiagnosticSettings(), { isEnabled: false, severity: 'warning' });
    changeSettings({ 'aidog.diagnostics.severity': 'error' });
    assert.equal(readDiagnosticSettings().severity, 'information');
    assert.equal(isEditingMarked(), true);
    changeSettings({ 'aidog.editingMarker.enabled': false });
    assert.equal(isEditingMarked(), false);
  });

  for (const address of ['https://proxy.example/datadog/', 'http://127.0.0.1:8126', 'http://localhost:1', 'http://[::1]:9']) {
    it(`accept ${address} as the address, without the slash at its end`, () => {
      changeSettings({ 'aidog.datadog.baseUrl': address });
      assert.equal(readSettings().baseUrl, address.replace(/\/$/, ''));
    });
  }

  for (const address of [
    'http://proxy.example',
    'ftp://127.0.0.1',
    'file:///etc/passwd',
    'not an address',
    'http://127.0.0.1.evil.example',
  ]) {
    it(`refuse to send keys to ${address}`, () => {
      changeSettings({ 'aidog.datadog.baseUrl': address });
      assert.throws(() => readSettings(), { kind: 'configuration', message: /https:\/\// });
      assert.equal(readCodeLensSettings().isEnabled, true);
    });
  }

  it('take the address of GitHub Enterprise from the person only, and only one that a token may be sent to', () => {
    assert.equal(declared['aidog.github.baseUrl']?.scope, 'application');
    assert.equal(readGitHubBaseUrl(), null);
    changeSettings({ 'aidog.github.baseUrl': ' https://ghe.example/api/v3/ ' });
    assert.equal(readGitHubBaseUrl(), 'https://ghe.example/api/v3');
    changeSettings({ 'aidog.github.baseUrl': 'http://ghe.example/api/v3' });
    assert.throws(() => readGitHubBaseUrl(), { kind: 'configuration', message: /"aidog\.github\.baseUrl" must be an https/ });
  });
});

describe('readForecastSettings', () => {
  beforeEach(() => fake.reset());

  it('asks the embedded model unless told otherwise', () => {
    assert.deepEqual(readForecastSettings(), { model: 'embedded', modelFile: null });
    changeSettings({ 'aidog.forecast.model': 'statistical', 'aidog.forecast.modelFile': ' /models/toto.onnx ' });
    assert.deepEqual(readForecastSettings(), { model: 'statistical', modelFile: '/models/toto.onnx' });
    changeSettings({ 'aidog.forecast.model': 'nonsense', 'aidog.forecast.modelFile': '' });
    assert.deepEqual(readForecastSettings(), { model: 'embedded', modelFile: null });
  });

  it('takes no model file from a workspace, which somebody else may have written', () => {
    assert.equal(declared['aidog.forecast.modelFile']?.scope, 'machine');
  });
});
