// Somebody else's repository: our libraries where jsonnet-bundler puts them, one environment, one component of their own.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { goJsonnet } from './lib/evaluate.ts';

const root = path.resolve(import.meta.dirname, '..');
const outside = mkdtempSync(path.join(tmpdir(), 'rekindle-outside-'));
after(() => rmSync(outside, { recursive: true, force: true }));

const library = 'git.example/someone/rekindle/lib';

const write = (file: string, text: string): void => {
  const target = path.join(outside, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
};

cpSync(path.join(root, 'lib'), path.join(outside, 'vendor', library), { recursive: true });
write('package.json', JSON.stringify({ private: true, rekindle: { libs: ['vendor', 'components'] } }));
write(
  'environments/lab/main.jsonnet',
  `function(app, revision=null) (import 'cluster.libsonnet').manifests(app, revision)\n`,
);
write(
  'environments/lab/cluster.libsonnet',
  `(import '${library}/cluster/main.libsonnet') {
    name: 'lab',
    domain: 'lab.example',
    gitops+: { repoURL: 'https://git.example/lab.git', libs: ['vendor', 'components'] },
    objectStorage+: { endpoint: 's3.lab.example' },
    certificates+: { issuer: 'self-signed-ca' },
    components+: {
      'cert-manager'+: { acme+: { enabled: false } },
      'external-dns'+: { enabled: false },
      blog: import 'blog/main.libsonnet',
    },
  }\n`,
);
write(
  'components/blog/main.libsonnet',
  `local component = import '${library}/component/main.libsonnet';
  local doc = import '${library}/doc/main.libsonnet';
  local k = import '${library}/kubernetes/main.libsonnet';
  component {
    local this = self,
    name: 'blog',
    '#title':: doc.setting('string', 'Title of the blog.'),
    title: 'Notes',
    workloads:: { web: { name: 'blog', ports: { http: 8080 } } },
    size: { web: { cpu: '10m', memory: '32Mi' } },
    exposes:: { web: { host: 'blog.' + this.cluster.domain, workload: 'web', port: 'http' } },
    resources+:: {
      workload: {
        deployment: k.deployment(this, 'web') { spec+: { template+: { spec+: { containers: [
          k.container(this, 'web', { image: 'registry.example/blog', tag: '1.0.0' }) {
            env: k.env({ TITLE: this.title }),
            readinessProbe: k.httpProbe('http', '/'),
            livenessProbe: k.httpProbe('http', '/'),
          },
        ] } } } },
        service: k.service(this, 'web', { http: 80 }),
      },
    },
  }\n`,
);

const rekindle = (...args: string[]) =>
  spawnSync(process.execPath, [path.join(root, 'dist/rekindle.js'), ...args], { cwd: outside, encoding: 'utf8' });

test('render works in a repository that has our libraries under vendor/', () => {
  const { status, stdout, stderr } = rekindle('render');
  assert.equal(status, 0, stdout + stderr);
  const rendered = readdirSync(path.join(outside, 'rendered/lab/blog'));
  assert.ok(
    rendered.includes('deployment-blog.yaml') && rendered.includes('httpproxy-blog-web.yaml'),
    rendered.join(' '),
  );
  assert.match(readFileSync(path.join(outside, 'rendered/lab/blog/deployment-blog.yaml'), 'utf8'), /value: Notes/);
  const application = readFileSync(path.join(outside, 'rendered/lab/applications/application-blog.yaml'), 'utf8');
  assert.match(application, /- vendor\n +- components\n/);
});

test('validate and settings work there too', () => {
  const validated = rekindle('validate');
  assert.equal(validated.status, 0, validated.stdout + validated.stderr);
  const settings = rekindle('settings', '--env', 'lab');
  assert.equal(JSON.parse(settings.stdout).components.blog.title, 'Notes');
});

test(
  'go-jsonnet renders the same',
  { skip: goJsonnet === null ? 'go-jsonnet is not installed (CI has it)' : false },
  () => {
    const json = rekindle('render', '--stdout', '--format', 'json', '--app', 'blog');
    assert.equal(json.status, 0, json.stderr);
    const args = [
      '-J',
      'environments/lab',
      '-J',
      'vendor',
      '-J',
      'components',
      '-A',
      'app=blog',
      'environments/lab/main.jsonnet',
    ];
    const go = spawnSync(goJsonnet!, args, { cwd: outside, encoding: 'utf8' });
    assert.equal(go.status, 0, go.stderr);
    assert.deepEqual(JSON.parse(json.stdout).items, JSON.parse(go.stdout));
  },
);
