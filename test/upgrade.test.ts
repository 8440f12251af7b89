// The verb upgrade as a user runs it. Definitions of a version come from upstream modules, so those parts are tested with
// their own generator; here are the version, the goldens and the differences.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixtureRepository, rekindle } from './helpers/repository.ts';

const versions = `{
  "blog": { "image": "example.org/blog", "tag": "v1.0.0", "digest": "sha256:${'0'.repeat(64)}" },
  "mail": { "image": "example.org/mail", "tag": "7" }
}
`;
const library = `local versions = import '../versions.json';
{
  local cluster = self, components:: {}, apps:: ['blog'], settings:: {}, capacity:: null,
  manifests(app, revision=null):: [{
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'blog', namespace: 'default' },
    spec: { containers: [{ name: 'blog', image: versions.blog.image + ':' + versions.blog.tag }] },
  }],
}
`;
const repository = () =>
  fixtureRepository({
    'lib/versions.json': versions,
    'lib/blog/main.libsonnet': '{}',
    'lib/mail/main.libsonnet': '{}',
    'lib/cluster/main.libsonnet': library,
    'environments/home/cluster.libsonnet': "import 'cluster/main.libsonnet'",
    'environments/lab/cluster.libsonnet': "import 'cluster/main.libsonnet'",
    'test/golden/home/blog.yaml': 'old\n',
  });

test('without a component it lists what there is', async () => {
  const { code, stdout } = await rekindle(repository().root, ['upgrade']);
  assert.equal(code, 0);
  assert.equal(stdout, 'component  version  images\nblog       v1.0.0   blog\nmail       7        mail\n');
});

test('a new version changes one line of lib/versions.json and the goldens, and shows what it changes', async () => {
  const { root, read } = repository();
  const { code, stdout, stderr } = await rekindle(root, ['upgrade', 'blog', '--to', 'v1.1.0']);
  assert.equal(stderr, '');
  assert.equal(code, 0);
  assert.equal(read('lib/versions.json'), versions.replace(/"v1\.0\.0".*"sha256:0+"/, '"v1.1.0"'));
  assert.match(stdout, /^blog: v1\.0\.0 → v1\.1\.0 \(blog\)\nblog: the digest of the old tag is removed/);
  assert.match(
    stdout,
    /~ spec\.containers\[blog\]\.image\n {10}- example\.org\/blog:v1\.0\.0\n {10}\+ example\.org\/blog:v1\.1\.0\nhome: 1 changed, 0 unchanged/,
  );
  assert.match(read('test/golden/home/blog.yaml'), /image: example\.org\/blog:v1\.1\.0/);
});

test('what is wrong is refused, and nothing changes', async () => {
  const { root, read } = repository();
  const refused: [string[], RegExp][] = [
    [['blgo', '--to', 'v2'], /lib\/versions\.json has no "blgo": did you mean "blog"\?/],
    [['blog', '--to', '1.1.0'], /tags of blog look like v1\.0\.0: did you mean "v1\.1\.0"\?/],
    [['blog', '--to', 'not a tag'], /is no tag of an image/],
    [['--to', 'v2'], /--to needs a component/],
  ];
  for (const [args, message] of refused) {
    const { code, stderr } = await rekindle(root, ['upgrade', ...args]);
    assert.equal(code, 2);
    assert.match(stderr, message);
  }
  assert.equal(read('lib/versions.json'), versions);
  assert.equal(read('test/golden/home/blog.yaml'), 'old\n');
});

test('when its definitions cannot be had, the version stays as it was', async () => {
  const { root, read, write } = repository();
  write(
    'lib/crd-sources.json',
    JSON.stringify({ blog: { module: 'example.invalid/blog', version: 'blog', path: 'crds' } }),
  );
  // No proxy and no network: the module can't be had.
  const { code, stderr } = await rekindle(root, ['upgrade', 'blog', '--to', 'v1.1.0'], {
    env: { GOPROXY: 'off', GOFLAGS: '-mod=mod' },
  });
  assert.equal(code, 2);
  assert.notEqual(stderr, '');
  assert.equal(read('lib/versions.json'), versions);
});
