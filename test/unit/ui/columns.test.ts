import assert from 'node:assert/strict';
import { columnBesidePanel } from '../../../src/ui/columns';
import { fake, TabInputWebview, window } from '../../fakes/vscode';

const panelIn = (viewColumn: number) => ({
  viewColumn,
  activeTab: { input: new TabInputWebview('mainThreadWebview-aidog.investigation') },
});
const otherIn = (viewColumn: number) => ({ viewColumn, activeTab: { input: new TabInputWebview('mainThreadWebview-markdown.preview') } });

describe('the column for code', () => {
  beforeEach(() => fake.reset());

  it('is the first when there is no panel', () => assert.equal(columnBesidePanel(), 1));

  it('is beside a panel that fills the first', () => {
    window.tabGroups.all = [{ viewColumn: 3, activeTab: undefined }, otherIn(2), panelIn(1)];
    assert.equal(columnBesidePanel(), 2);
  });

  it('is the first when the panel is in the second', () => {
    window.tabGroups.all = [panelIn(2)];
    assert.equal(columnBesidePanel(), 1);
  });

  it('is one that shows a text already, unless the panel is there', () => {
    window.tabGroups.all = [panelIn(2)];
    window.visibleTextEditors = [{ viewColumn: undefined }, { viewColumn: 2 }, { viewColumn: 3 }];
    assert.equal(columnBesidePanel(), 3);
  });
});
