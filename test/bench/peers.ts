// What people run today for the same work: go-jsonnet for every environment, then kubeconform on what comes out.
import path from 'node:path';
import { findProgram, writeKubeconformSchemas } from './kubeconform.ts';
import type { Case } from './measure.ts';

/** None where one of the programs isn't installed. `scratch` receives what they write. */
export const peers = (root: string, scratch: string, environments: readonly string[]): Case[] => {
  const go = findProgram('jsonnet');
  const kubeconform = findProgram('kubeconform');
  if (go === null || kubeconform === null) {
    console.log('go-jsonnet or kubeconform is not installed: no comparison with them');
    return [];
  }
  const location = writeKubeconformSchemas(root, '1.36', path.join(scratch, 'kubeconform'));
  const output = (env: string): string => path.join(scratch, `${env}.json`);
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
  const what = environments.length === 1 ? environments[0] : 'all environments';
  return [
    { name: `go-jsonnet, ${what}`, command: ['bash', '-ec', evaluate.join('\n')], cwd: root },
    {
      name: `go-jsonnet, then kubeconform, ${what}`,
      command: ['bash', '-ec', [...evaluate, check].join('\n')],
      cwd: root,
      accept: [0, 1],
    },
  ];
};
