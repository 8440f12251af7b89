// What Terraform and kind are given: files beside the apps of an environment, written as they are.
import type { TypeMeta } from '@kubernetes-models/base';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitYaml } from '../emit-yaml.ts';
import type { AppOutput } from '../output-plan.ts';
import type { RenderedApp } from '../render-apps.ts';
import type { Environment, Infrastructure, Manifest } from '../types.ts';

/** Folders of the output that are no apps. */
export const infrastructureFolders: readonly string[] = ['kind', 'terraform'];

const stacks = ['cluster', 'storage'] as const;

interface File {
  name: string;
  text: string;
}

interface Folder {
  app: string;
  files: File[];
}

/** `terraform/<stack>/main.tf.json`, and `kind/cluster.yaml` where kind makes the cluster. */
export function infrastructureFiles({ terraform, kind }: Infrastructure): Folder[] {
  const main = (stack: (typeof stacks)[number]): File => ({
    name: `${stack}/main.tf.json`,
    text: `${JSON.stringify(terraform[stack], null, 2)}\n`,
  });
  return [
    { app: 'terraform', files: stacks.map(main) },
    ...(kind === null ? [] : [{ app: 'kind', files: [{ name: 'cluster.yaml', text: emitYaml(kind) }] }]),
  ];
}

/**
 * The same for an environment, with the lock files that `environments/<env>/terraform/<stack>.lock.hcl` keeps in Git. Where
 * there is none, the one that Terraform left beside a stack stays as it is.
 */
export function infrastructureOutput(environment: Environment, infrastructure: Infrastructure): AppOutput[] {
  const locks = stacks.flatMap((stack, index): File[] => {
    const path = lockFiles(environment)[index]!;
    return existsSync(path) ? [{ name: `${stack}/.terraform.lock.hcl`, text: readFileSync(path, 'utf8') }] : [];
  });
  return infrastructureFiles(infrastructure).map(({ app, files }) => ({
    env: environment.name,
    app,
    files: app === 'terraform' ? [...files, ...locks] : files,
  }));
}

/** The same as manifests of two apps, so that what compares manifests compares these. */
export function infrastructureManifests({ terraform, kind }: Infrastructure): RenderedApp[] {
  const manifest = (type: TypeMeta, name: string, content: unknown): Manifest => ({
    ...(content as object),
    ...type,
    metadata: { name },
  });
  return [
    {
      app: 'terraform',
      manifests: stacks.map((stack) => manifest({ apiVersion: 'terraform', kind: 'Stack' }, stack, terraform[stack])),
    },
    ...(kind === null
      ? []
      : [
          {
            app: 'kind',
            manifests: [manifest({ apiVersion: 'kind.x-k8s.io/v1alpha4', kind: 'Cluster' }, 'kind', kind)],
          },
        ]),
  ];
}

/** The lock files of an environment that Git keeps, whether they are there or not. */
export function lockFiles({ directory }: Environment): string[] {
  return stacks.map((stack) => join(directory, 'terraform', `${stack}.lock.hcl`));
}
