import assert from 'node:assert/strict';
import path from 'node:path';
import { launchBrowser } from '../../scripts/browser';
import { projectRoot } from '../../scripts/codeServer';
import { checkPanel } from '../../scripts/previewPanel';

describe('the panel by itself', () => {
  it('breaks no policy, overflows nowhere and has no accessibility violation in any theme or width', async () => {
    const browser = await launchBrowser();
    try {
      const findings = await checkPanel({
        dist: path.join(projectRoot, 'dist'),
        browser,
        snapshots: ['done-code', 'running', 'watching', 'hostile'],
      });
      assert.deepEqual(findings, []);
    } finally {
      await browser.close();
    }
  });
});
