// What people run today for the same work: go-jsonnet for every environment, then kubeconform on what comes out.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findProgram, writeKubeconformSchemas } from './kubeconform.ts';
import type { Case } from './measure.ts';

/**
 * None where one of the programs isn't installed. `scratch` receives what they write; the environments lie in `cwd`, the
 * schemas in `root`.
 */
export const peers = (root: string, scratch: string, environments: readonly string[], cwd = root): Case[] => {
  const go = findProgram('jsonnet');
  const kubeconform = findProgram('kubeconform');
  if (go === null || kubeconform === null) {
    console.log('go-jsonnet or kubeconform is not installed: no comparison with them');
    return [];
  }
  const location = writeKubeconformSchemas(root, '1.36', path.join(scratch, 'kubeconform'));
  const output = (env: string): string => path.join(scratch, 'peers', `${env}.json`);
  const evaluate = environments.map((env) => {
    const folder = `environments/${env}`;
    const program =
      `local c = import '${folder}/cluster.libsonnet', main = import '${folder}/main.jsonnet'; ` +
      `{ apiVersion: 'v1', kind: 'List', items: std.flattenArrays([main(app) for app in c.apps]) }`;
    return `${go} -J ${folder} -J vendor -J lib -e "${program}" > ${output(env)}`;
  });
  const check =
    `${kubeconform} -strict -ignore-missing-schemas -schema-location '${location}' ` +
    environments.map(output).join(' ');
  const what = environments.length === 1 ? environments[0] : `${environments.length} environments`;
  mkdirSync(path.join(scratch, 'peers'), { recursive: true });
  // A thousand environments are more than an argument may be long.
  const script = (name: string, lines: string[]): string[] => {
    const file = path.join(scratch, 'peers', `${environments.length}-${name}.sh`);
    writeFileSync(file, lines.join('\n'));
    return ['bash', '-e', file];
  };
  return [
    { name: `go-jsonnet, ${what}`, command: script('evaluate', evaluate), cwd },
    {
      name: `go-jsonnet, then kubeconform, ${what}`,
      command: script('check', [...evaluate, check]),
      cwd,
      accept: [0, 1],
    },
  ];
};
