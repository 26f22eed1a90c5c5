import assert from 'node:assert/strict';
import { siteHints } from '../../../../src/investigation/setup/siteHints';
import { createFakeRepository } from '../../../fakes/repository';

const { signal } = new AbortController();
const hintsIn = (files: Record<string, string>) => siteHints([createFakeRepository({ commits: [], files })], signal);

describe('the Datadog site that files of the workspace name', () => {
  for (const [path, text] of [
    ['.env', 'DD_SITE=datadoghq.eu\n'],
    ['deploy/.env.production', 'export DD_SITE="datadoghq.eu"'],
    ['compose.yaml', '    environment:\n      DD_SITE: datadoghq.eu\n'],
    ['docker-compose.prod.yml', '      - DD_SITE=datadoghq.eu\n'],
    ['charts/values.yaml', '    - name: DD_SITE\n      value: "datadoghq.eu"\n'],
    ['Dockerfile', "ENV DD_SITE='datadoghq.eu'\n"],
  ] as const) {
    it(`is read from ${path}`, async () => assert.deepEqual(await hintsIn({ [path]: text }), [{ site: 'datadoghq.eu', where: path }]));
  }

  it('is read with its region', async () => {
    assert.deepEqual(await hintsIn({ '.env': 'DD_SITE=us5.datadoghq.com' }), [{ site: 'us5.datadoghq.com', where: '.env' }]);
  });

  it('is named once, by the first file', async () => {
    const hints = await hintsIn({
      '.env': 'DD_SITE=datadoghq.eu',
      'compose.yml': 'DD_SITE: datadoghq.eu',
      Dockerfile: 'ENV DD_SITE=datadoghq.com',
    });
    assert.deepEqual(hints, [
      { site: 'datadoghq.eu', where: '.env' },
      { site: 'datadoghq.com', where: 'Dockerfile' },
    ]);
  });

  it('is no other address, and is not looked for in other files', async () => {
    assert.deepEqual(await hintsIn({ '.env': 'DD_SITE=evil.example\nSITE=datadoghq.eu', 'src/site.js': 'DD_SITE=datadoghq.eu' }), []);
  });
});
