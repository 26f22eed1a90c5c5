import assert from 'node:assert/strict';
import { codeChecks } from '../../../../src/investigation/setup/codeChecks';
import { plainSpan, SETUP_SHA, setupFacts, taggedSpan } from '../../../fakes/setupFacts';

const checked = (given: Parameters<typeof setupFacts>[0]) => {
  const [repository, serviceLink, commit] = codeChecks(setupFacts(given));
  assert.ok(repository && serviceLink && commit);
  return { repository, serviceLink, commit };
};
const elsewhere = { name: 'docs', root: '/src/docs', remotes: ['github.com/acme/docs'], folders: new Set<string>() };

describe('checks of the code', () => {
  it('are content where the repository that runs is open, with the commit', () => {
    const { repository, serviceLink, commit } = checked({});
    assert.deepEqual([repository.status, serviceLink.status, commit.status], ['ok', 'ok', 'ok']);
    assert.equal(repository.detail, 'Open: shop (github.com/acme/shop).');
    assert.match(serviceLink.detail, /^Built from an open repository: \w+\.$/);
  });

  it('ask for a folder where none may be read', () => {
    const { repository, serviceLink } = checked({ hasFolder: false, repositories: [] });
    assert.deepEqual([repository.status, repository.fix?.kind], ['problem', 'openFolder']);
    assert.deepEqual([serviceLink.status, serviceLink.fix?.kind], ['unknown', 'openFolder']);
  });

  it('say why a folder is no repository, which is worse where it is the only one', () => {
    const repositoryProblems = ['/src/x is not a Git repository.'];
    assert.deepEqual(
      [checked({ repositoryProblems }).repository.status, checked({ repositoryProblems, repositories: [] }).repository.status],
      ['warning', 'problem'],
    );
    assert.equal(checked({ repositoryProblems }).repository.detail, repositoryProblems[0]);
  });

  it('name the repository that the spans come from where it is not open', () => {
    const { serviceLink } = checked({ repositories: [elsewhere] });
    assert.deepEqual([serviceLink.status, serviceLink.fix?.kind], ['problem', 'openFolder']);
    assert.equal(serviceLink.detail, 'The spans come from github.com/acme/shop, which is not open here.');
  });

  it('go by the names of folders where no span names a repository', () => {
    const spans = [plainSpan({ service: 'checkout-service', meta: {} })];
    const { serviceLink } = checked({ spans });
    assert.equal(serviceLink.status, 'ok');
    assert.equal(serviceLink.detail, 'By their names, these services may be of this workspace: checkout-service.');
    const unlike = checked({ spans, repositories: [elsewhere] }).serviceLink;
    assert.deepEqual([unlike.status, unlike.fix?.kind], ['warning', 'openFolder']);
    assert.match(unlike.detail, /^No span names a repository, and no folder here is called like checkout-service\.$/);
  });

  it('only warn where the names fit but the spans name another repository', () => {
    const spans = [taggedSpan({ service: 'checkout', meta: { 'git.repository_url': 'https://github.com/other/shop.git' } })];
    const { serviceLink } = checked({ spans });
    assert.deepEqual(
      [serviceLink.status, serviceLink.detail],
      ['warning', 'The spans come from github.com/other/shop, which is not open here.'],
    );
  });

  it('know nothing about services without a span', () => {
    assert.equal(checked({ spans: [] }).serviceLink.status, 'unknown');
    assert.equal(checked({ builds: [] }).commit.status, 'unknown');
  });

  it('offer to fetch a commit that is not at hand, and only a commit', () => {
    const build = { service: 'shop', name: SETUP_SHA, isCommit: true, isAtHand: false };
    const { commit } = checked({ builds: [build] });
    assert.deepEqual(commit.fix, { kind: 'fetch', title: `Fetch ${SETUP_SHA.slice(0, 12)}`, commit: SETUP_SHA });
    assert.match(commit.detail, new RegExp(`: ${SETUP_SHA.slice(0, 12)} \\(shop\\)\\.$`));
    const version = checked({ builds: [{ ...build, name: '1.4.2', isCommit: false }] }).commit;
    assert.deepEqual([version.status, version.fix], ['warning', null]);
    assert.match(version.detail, /: 1\.4\.2 \(shop\)\.$/);
  });
});
