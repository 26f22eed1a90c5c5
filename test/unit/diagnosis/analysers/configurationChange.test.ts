import assert from 'node:assert/strict';
import { changedConfiguration, configurationChanges } from '../../../../src/diagnosis/analysers/configurationChange';
import { change, code, failure, findings, metric, template } from '../../../fakes/findings';

describe('changedConfiguration', () => {
  const look = (...changes: ReturnType<typeof change>[]) =>
    changedConfiguration.look(findings({ changes }), { culprits: [], code: code() });

  it('is ruled out where such changes are reported and none came shortly before', () => {
    assert.equal(look(change('config', 600)).ruledOut.length, 1);
  });

  it('is not ruled out by a feed of deployments alone', () => {
    assert.deepEqual(look(change('deployment', 10)).ruledOut, []);
    assert.deepEqual(look(change('deployment', 10)).check.unchecked, ['configuration and flag changes: none are reported']);
  });
});

describe('configurationChanges', () => {
  it('are flags, configuration and scaling shortly before the onset', () => {
    const changes = [
      change('feature_flag', 5),
      change('config', 10),
      change('scaling', 1),
      change('deployment', 3),
      change('feature_flag', 300),
      change('config', -30),
    ];
    const found = configurationChanges(findings({ changes }));
    assert.deepEqual(found.map(({ kind }) => kind).sort(), ['configuration_change', 'configuration_change', 'feature_flag']);
  });

  it('are mere timing unless the symptoms speak of the same thing', () => {
    const flag = change('feature_flag', 5, { title: 'Feature flag express_payouts: off->on' });
    const mute = configurationChanges(findings({ changes: [flag], failures: [failure()] }))[0];
    const spoken = configurationChanges(findings({ changes: [flag], failures: [failure({ message: 'payouts queue rejected' })] }))[0];
    assert.equal(mute?.evidenceClass, 'timing');
    assert.equal(spoken?.evidenceClass, 'association');
    assert.ok(spoken.evidenceFor.includes('E10'));
  });

  it('hear logs and metrics as well', () => {
    const flag = change('config', 5, { title: 'batchsize raised' });
    const by = (given: Parameters<typeof findings>[0]) => configurationChanges(findings({ changes: [flag], ...given }))[0]?.evidenceClass;
    assert.equal(by({ templates: [template('batchsize too large')] }), 'association');
    assert.equal(by({ metrics: [metric('queue_batchsize_errors')] }), 'association');
  });

  it('are not echoed by the name of the service alone', () => {
    const flag = change('feature_flag', 5, { title: 'Feature flag stock_colours', service: 'stock' });
    const found = configurationChanges(
      findings({ changes: [flag], failures: [failure({ service: 'stock', message: 'stock is gone' })] }),
    )[0];
    assert.equal(found?.evidenceClass, 'timing');
  });

  it('weigh less the longer they were in force, and elsewhere', () => {
    const strengthOf = (minutes: number, service = 'shop') =>
      configurationChanges(findings({ changes: [change('config', minutes, { service })] }))[0]?.strength ?? 0;
    assert.ok(strengthOf(1) > strengthOf(40));
    assert.ok(strengthOf(1) > strengthOf(1, 'stock'));
  });

  it('leave out services that the alerting one does not call', () => {
    assert.deepEqual(configurationChanges(findings({ changes: [change('config', 5, { service: 'web' })] })), []);
  });
});
