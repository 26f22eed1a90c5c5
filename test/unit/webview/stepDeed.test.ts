import assert from 'node:assert/strict';
import type { Evidence } from '../../../src/domain/evidence';
import type { Step } from '../../../src/domain/investigation';
import { isWebPage, stepDeed } from '../../../webview/stepDeed';
import { doneCode } from '../../fixtures/panelSnapshots';

const { found } = doneCode;
const bare: Step = { id: 'S', title: '', rationale: '', action: 'verify', minutes: 1, evidence: [], hypothesis: null, link: null };
const withLink = (id: string, link: string | null): Evidence => ({ ...found.evidence!.find((fact) => fact.id === id)!, link });

describe('what the button of a step does', () => {
  it('opens the code of the hypothesis, where the workspace has it', () => {
    assert.deepEqual(stepDeed({ ...bare, action: 'open_code', hypothesis: 'H1' }, found), { kind: 'open' });
    assert.equal(stepDeed({ ...bare, action: 'open_code', hypothesis: 'H2' }, found), null);
  });

  it('opens a page', () => {
    assert.deepEqual(stepDeed({ ...bare, link: 'https://app.datadoghq.eu/monitors/1' }, found), { kind: 'open' });
    assert.equal(stepDeed({ ...bare, link: 'javascript:alert(1)' }, found), null);
  });

  it('opens the evidence that it is about: its page, its frame, its commit', () => {
    for (const id of ['E2', 'E3', 'E7']) assert.deepEqual(stepDeed({ ...bare, evidence: [id] }, found), { kind: 'open' });
    const withoutPage = { ...found, evidence: [withLink('E3', null)] };
    assert.deepEqual(stepDeed({ ...bare, evidence: ['E3'] }, withoutPage), { kind: 'open' });
  });

  it('opens a commit that is cited by its name', () => {
    assert.deepEqual(stepDeed({ ...bare, evidence: [found.rootCauseCommit!] }, found), { kind: 'open' });
    assert.equal(stepDeed({ ...bare, evidence: ['0000000'] }, found), null);
  });

  it('copies the query where there is nothing to open', () => {
    assert.deepEqual(stepDeed({ ...bare, evidence: ['E5'] }, found), { kind: 'copy', evidenceId: 'E5' });
  });

  it('is nothing when nothing is known', () => {
    assert.equal(stepDeed({ ...bare, evidence: ['E5'], hypothesis: 'H1' }, {}), null);
  });
});

describe('a link', () => {
  it('is a web page only by http or https', () => {
    assert.deepEqual(
      ['https://a.test', 'HTTP://a.test', 'command:quit', 'vscode://x', 'javascript:x', ' https://a.test', '', null].map(isWebPage),
      [true, true, false, false, false, false, false, false],
    );
  });
});
