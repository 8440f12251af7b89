import type { Manifest } from '../../../scripts/core/types.ts';

export interface PodTemplate {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> };
  spec: {
    containers: { name: string; securityContext?: unknown; [field: string]: unknown }[];
    volumes?: { name: string; [field: string]: unknown }[];
    [field: string]: unknown;
  };
}

/** The pod template of a workload, or undefined for any other manifest. */
export function podTemplateOf({ kind, spec }: Manifest): PodTemplate | undefined {
  // oxlint-disable-next-line no-explicit-any
  const anySpec = spec as any;
  if (kind === 'CronJob') return anySpec.jobTemplate.spec.template as PodTemplate;
  if (/^(Deployment|StatefulSet|DaemonSet|ReplicaSet|Job)$/.test(kind)) return anySpec.template as PodTemplate;
  return undefined;
}

/** The pod that a workload's controller would create; that of a StatefulSet with its claims as volumes. */
export function podOf(workload: Manifest): Manifest & { spec: PodTemplate['spec'] } {
  const { metadata, spec } = structuredClone(podTemplateOf(workload)!);
  const { name, namespace } = workload.metadata;
  const claims = (workload.spec as { volumeClaimTemplates?: { metadata: { name: string } }[] }).volumeClaimTemplates;
  if (claims !== undefined) spec.volumes = [...(spec.volumes ?? []), ...claims.map((claim) => volumeOf(claim, name))];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, name: `${name}-0`, ...(namespace !== undefined && { namespace }) },
    spec,
  };
}

function volumeOf({ metadata: { name } }: { metadata: { name: string } }, workload: string): { name: string } {
  return { name, persistentVolumeClaim: { claimName: `${name}-${workload}-0` } } as { name: string };
}
