import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readMarkdown } from '../../../src/knowledge/markdown';

const headings = (text: string) => readMarkdown(text, 'file').sections.map(({ heading, line }) => `${line} ${heading}`);

describe('reading a runbook', () => {
  it('splits it at its headings, each with its line', () => {
    const { title, sections } = readMarkdown(
      '# Disk full\n\nStop.\n\n## Look **first**\n\n`df -h`\n\n### Then [act](http://x) ###\nrm\n',
      'file',
    );
    assert.equal(title, 'Disk full');
    assert.deepEqual(sections, [
      { heading: 'Disk full', line: 1, text: 'Stop.' },
      { heading: 'Look first', line: 5, text: '`df -h`' },
      { heading: 'Then act', line: 9, text: 'rm' },
    ]);
  });

  it('knows underlined headings, but not tables, lists and rules', () => {
    assert.deepEqual(headings('Title\n=====\ntext\n\nSub\n---\nmore'), ['1 Title', '5 Sub']);
    assert.deepEqual(headings('# T\n- item\n---\n\n| a |\n|---|\n\nend of a\nparagraph\n---\n'), ['1 T']);
  });

  it('keeps fenced code with its section, also code that looks like a heading', () => {
    const { sections } = readMarkdown('# T\n```sh\n# not a heading\nls\n```\n~~~~\n# nor this\n~~~\n~~~~\n## Real\nx', 'file');
    assert.deepEqual(
      sections.map(({ heading }) => heading),
      ['T', 'Real'],
    );
    assert.match(sections[0]?.text ?? '', /# not a heading\nls/);
  });

  it('takes CRLF, a byte-order mark and front matter', () => {
    const { title, about, sections } = readMarkdown(
      '\ufeff---\r\ntitle: Named\r\nservices: [cart]\r\n---\r\n# Other\r\n\r\ntext\r\n',
      'file',
    );
    assert.equal(title, 'Named');
    assert.deepEqual(about.services, ['cart']);
    assert.deepEqual(sections, [{ heading: 'Other', line: 5, text: 'text' }]);
  });

  it('gives a text without headings one section with the name of the file', () => {
    assert.deepEqual(readMarkdown('Look at mailq.\nThen flush.', 'mail').sections, [
      { heading: 'mail', line: 1, text: 'Look at mailq.\nThen flush.' },
    ]);
    assert.equal(readMarkdown('', 'empty').title, 'empty');
  });

  it('leaves out headings without a text of their own', () => {
    assert.deepEqual(headings('# Title\n## Empty\n## Full\ntext'), ['3 Full']);
  });

  it('loses no line of any text', () => {
    const line = fc.oneof(fc.constantFrom('# a', '## b', '```', '~~~', '===', '---', '', 'text', '    code', '- item'), fc.string());
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n');
        const { sections, title } = readMarkdown(text, 'file');
        const kept = sections.map((section) => `${section.heading}\n${section.text}`).join('\n');
        if (text.includes('text')) assert.ok(`${title}\n${kept}`.includes('text'));
        assert.ok(sections.every((section, index) => section.line > (sections[index - 1]?.line ?? 0)));
      }),
    );
  });

  it('takes time in proportion to a text of megabytes', () => {
    for (const piece of ['#', '# a\n', '`', '```\n', '[', '](', 'a\n---\n', '*', '---\n', ' '])
      assert.ok(readMarkdown(piece.repeat(Math.ceil(300_000 / piece.length)), 'file').sections.length <= 300_000);
  });
});
