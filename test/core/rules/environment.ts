// An environment for the rules: a folder on disk and rendered apps, without any Jsonnet.
import { join } from 'node:path';
import { checkEnvironment, loadCheckers } from '../../../scripts/core/check.ts';
import type { Capacity, Diagnostic, Manifest } from '../../../scripts/core/types.ts';
import { repositoryOf } from '../../helpers/repository.ts';

const root = join(import.meta.dirname, '../../..');
const checkers = loadCheckers(['1.36'], { root });

export interface Setup {
  apps: Record<string, unknown[]>;
  /** More files of the repository; `environments/home/main.jsonnet`, `lib/` and `vendor/` are there. */
  files?: Record<string, string>;
  /** Apps that are listed and were not rendered. */
  failed?: string[];
  capacity?: Capacity;
}

/** The findings of one rule. Schema findings about a test's own manifests would be mistakes of the test. */
export function findings(rule: string, { apps, files = {}, failed = [], capacity }: Setup): Diagnostic[] {
  const repository = repositoryOf({
    'environments/home/main.jsonnet': '',
    'lib/x': '',
    'vendor/x': '',
    ...files,
  });
  const env = {
    name: 'home',
    root: repository.root,
    directory: join(repository.root, 'environments/home'),
    libs: ['vendor', 'lib'],
  };
  const rendered = Object.entries(apps).map(([app, manifests]) => ({ app, manifests: manifests as Manifest[] }));
  const listed = [...Object.keys(apps), ...failed];
  const found = checkEnvironment(env, rendered, { checkers, listed, capacity: capacity ?? null });
  const broken = found.filter((one) => one.rule === 'schema' || one.rule === 'schema-missing');
  if (broken.length > 0) throw new Error(JSON.stringify(broken, null, 2));
  return found.filter((one) => one.rule === rule);
}

/** What tests compare: app, name, pointer and message. */
export function brief(diagnostics: Diagnostic[]): (string | undefined)[][] {
  return diagnostics.map(({ app, manifest, pointer, message }) => [app, manifest?.name, pointer, message]);
}

export const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

export const configMap = (name: string, in_: string | null = 'web', data: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...(in_ !== null && { namespace: in_ }) },
  data,
});

/** A Deployment `web` in the namespace `web`; `spec` is laid over its pod's. */
export const deployment = (spec: Record<string, unknown> = {}, labels: Record<string, string> = { app: 'web' }) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'web' },
  spec: {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'example/web:1' }], ...spec } },
  },
});

export interface ApplicationOptions {
  app?: string;
  path?: string;
  include?: string | null;
  recurse?: boolean;
  libs?: string[];
  project?: string;
  namespace?: string | null;
  repoURL?: string;
  syncOptions?: string[];
}

/** The Application of an app, as the libraries make it. */
export function application(options: ApplicationOptions = {}) {
  const {
    app = 'web',
    path = 'environments/home',
    include = 'main.jsonnet',
    recurse,
    libs = ['vendor', 'lib'],
  } = options;
  const { project = 'default', namespace: to = 'web', repoURL = 'https://git.example.org/infra.git' } = options;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: app, namespace: 'argocd' },
    spec: {
      project,
      source: {
        repoURL,
        path,
        targetRevision: 'main',
        directory: {
          ...(include !== null && { include }),
          ...(recurse !== undefined && { recurse }),
          jsonnet: { libs, tlas: [{ name: 'app', value: app }] },
        },
      },
      destination: { server: 'https://kubernetes.default.svc', ...(to !== null && { namespace: to }) },
      syncPolicy: { syncOptions: options.syncOptions ?? [] },
    },
  };
}
