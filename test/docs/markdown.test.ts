import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentPaths, parseDocument } from './markdown.ts';

const page = `# Title

Say \`npm run render\` here.

    npm ci

## A section with \`code\`

1. In a list:

   \`\`\`sh
   npm test
   \`\`\`

~~~
nothing said
~~~
`;

test('blocks have their section, line and language, also within lists', async () => {
  const { blocks } = await parseDocument('page.md', page);
  assert.deepEqual(
    blocks.map(({ line, section, language, text }) => ({ line, section, language, text })),
    [
      { line: 5, section: 'Title', language: undefined, text: 'npm ci' },
      { line: 11, section: 'A section with code', language: 'sh', text: 'npm test' },
      { line: 15, section: 'A section with code', language: null, text: 'nothing said' },
    ],
  );
});

test('code in a sentence is found, in headings too', async () => {
  const { inlines } = await parseDocument('page.md', page);
  assert.deepEqual(
    inlines.map(({ line, text }) => [line, text]),
    [
      [3, 'npm run render'],
      [7, 'code'],
    ],
  );
});

test('the documents are those of the repository, without those of others', () => {
  const paths = documentPaths();
  for (const path of ['README.md', 'docs/getting-started.md', 'lib/loki/README.md', 'test/e2e/README.md'])
    assert.ok(paths.includes(path), path);
  assert.ok(!paths.some((path) => /node_modules|fixtures|^vendor/.test(path)));
});
