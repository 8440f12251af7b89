// The order in which manifests reach a cluster: that of Argo CD, read off the manifests themselves.
import type { RenderedApp } from '../render-apps.ts';
import type { Manifest } from '../types.ts';
import { rootName } from './applications.ts';

export interface Step {
  app: string;
  manifest: Manifest;
}

/**
 * Every manifest of an environment: apps by the wave of their Application, within an app by phase, wave, kind and name.
 * The app of Applications has none itself below the root: it follows the app that holds the root Application.
 */
export function inSyncOrder(apps: readonly RenderedApp[]): Step[] {
  const waves = wavesOf(apps);
  const unknown = apps.filter(({ app }) => !waves.has(app));
  if (unknown.length > 0) throw new Error(`no Application for the app ${unknown.map(({ app }) => app).join(', ')}`);
  return [...apps]
    .sort((a, b) => waves.get(a.app)! - waves.get(b.app)! || compareText(a.app, b.app))
    .flatMap(({ app, manifests }) =>
      [...manifests].sort(compareManifests).map((manifest): Step => ({ app, manifest })),
    );
}

/** The wave of every app that has an Application; that of the app of Applications as said above. */
export function wavesOf(apps: readonly RenderedApp[]): Map<string, number> {
  const waves = new Map<string, number>();
  for (const { manifests } of apps) {
    for (const manifest of manifests) {
      if (manifest.kind === 'Application') waves.set(manifest.metadata.name, waveOf(manifest));
    }
  }
  const holderOfRoot = apps.find(({ app, manifests }) => app !== rootName && manifests.some(isApplication(rootName)));
  if (holderOfRoot !== undefined) waves.set(rootName, waves.get(holderOfRoot.app)! + 0.5);
  return waves;
}

/** The sync wave of a manifest; 0 when it says nothing. */
export function waveOf({ metadata }: Manifest): number {
  return Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
}

function isApplication(name: string): (manifest: Manifest) => boolean {
  return ({ kind, metadata }) => kind === 'Application' && metadata.name === name;
}

function compareManifests(a: Manifest, b: Manifest): number {
  return (
    phaseOf(a) - phaseOf(b) ||
    waveOf(a) - waveOf(b) ||
    kindRank(a.kind) - kindRank(b.kind) ||
    compareText(a.metadata.name, b.metadata.name)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function phaseOf({ metadata }: Manifest): number {
  const hook = metadata.annotations?.['argocd.argoproj.io/hook'];
  return hook === 'PreSync' ? -1 : hook === 'PostSync' ? 1 : 0;
}

/** Kinds that aren't listed, custom resources among them, come last. */
function kindRank(kind: string): number {
  const rank = kinds.indexOf(kind);
  return rank === -1 ? kinds.length : rank;
}

// The order of gitops-engine, pkg/sync/sync_tasks.go.
const kinds = [
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodSecurityPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'SecretList',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleList',
  'ClusterRoleBinding',
  'ClusterRoleBindingList',
  'Role',
  'RoleList',
  'RoleBinding',
  'RoleBindingList',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
];
