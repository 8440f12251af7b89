// The programs' own verification of their configuration, for every workload of every mode that an environment has. It knows
// keys and durations; buckets, endpoints and secrets are only tried by a start.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { discoverEnvironments } from '../../../../scripts/core/discover.ts';
import { openRepository } from '../../../../scripts/core/root.ts';
import type { Manifest } from '../../../../scripts/core/types.ts';
import type { Container } from '../../programs/pod.ts';
import { podTemplateOf } from '../../rig/pod-template.ts';
import { renderEnvironment, repositoryRoot } from '../../rig/rendered.ts';
import { run } from '../../rig/run.ts';
import { evaluateIn } from '../controllers/evaluate.ts';
import { runnable, type Store } from './stage.ts';

/** What makes a program read its configuration, check it and end. Tempo takes what follows a bare flag for its value. */
const flags: Readonly<Record<Store, string>> = {
  loki: '-verify-config',
  mimir: '-modules',
  tempo: '-config.verify=true',
};

/** What no environment has: Tempo in parts. */
const tempoInParts = `(cluster + { components+: { tempo+: {
  mode: 'microservices', kafka: { address: 'kafka.example.net:9092', topic: 'tempo', partitions: 2 },
} } }).manifests('tempo')`;

export interface Configured {
  /** Where it comes from, such as `production: mimir-querier`. */
  name: string;
  container: Container;
  /** Content of the configuration file. */
  content: string;
}

/** Every workload of a store, with its configuration, in all environments and in the modes that none has. */
export async function configurations(store: Store): Promise<Configured[]> {
  const found: Configured[] = [];
  for (const { name } of discoverEnvironments(openRepository(repositoryRoot))) {
    const app = (await renderEnvironment(name)).find((one) => one.app === store);
    found.push(...configured(store, name, app?.manifests ?? []));
  }
  if (store === 'tempo')
    found.push(...configured(store, 'in parts', await evaluateIn<Manifest[]>('kind', tempoInParts)));
  return found;
}

function configured(store: Store, from: string, manifests: readonly Manifest[]): Configured[] {
  const file = manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === store);
  if (file === undefined) return [];
  const { data } = runnable(file) as Manifest & { data: Record<string, string> };
  return manifests.flatMap((manifest) => {
    const containers = (podTemplateOf(manifest)?.spec.containers ?? []) as unknown as Container[];
    return containers
      .filter(({ image }) => image.includes(`/grafana/${store}:`))
      .map((container) => ({
        name: `${from}: ${manifest.metadata.name}`,
        container,
        content: data[`${store}.yaml`]!,
      }));
  });
}

/** What a program says against a configuration; undefined when it takes it. */
export async function verify(
  store: Store,
  binary: string,
  { container, content }: Configured,
  folder: string,
): Promise<string | undefined> {
  mkdirSync(folder, { recursive: true });
  const args = (container.args ?? []).map((argument) => {
    const path = /^-config\.file=(.+)$/.exec(argument)?.[1];
    if (path === undefined) return argument;
    writeFileSync(join(folder, basename(path)), content);
    return `-config.file=${join(folder, basename(path))}`;
  });
  const env = Object.fromEntries((container.env ?? []).map(({ name, value = '127.0.0.1' }) => [name, value]));
  return run(binary, [...args, flags[store]], { env, cwd: folder }).then(
    () => undefined,
    (error: Error) => error.message,
  );
}
