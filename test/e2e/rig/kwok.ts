// What kwok plays: nodes that are ready at once, and pods whose containers start, complete and go as they should, but run
// nothing. Pods that a proof runs for real are left to it.

import type { Forwarded, RigOptions } from './rig.ts';

/**
 * The configuration of kwok: its stages, and what it leads to as a kubelet, as one stream of JSON documents, which is YAML.
 */
export function kwokConfiguration({ real, ownEnd, forwarded }: Required<Omit<RigOptions, 'size'>>): string {
  return [nodeReady, podRunning(real), jobDone, podGone(ownEnd), ...forwarded.map(forward)]
    .map((document) => `${JSON.stringify(document)}\n`)
    .join('---\n');
}

/** kwok knows no addresses of pods, so it asks the Service. */
function forward({ namespace, service, port }: Forwarded): object {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterPortForward',
    metadata: { name: `${namespace}-${service}` },
    spec: {
      selector: { matchNamespaces: [namespace] },
      forwards: [{ ports: [port], target: { address: `${service}.${namespace}.svc.cluster.local`, port } }],
    },
  };
}

/** Which pods are left alone, as a jq expression: namespace and name label. */
const identity = '.metadata.namespace + "/" + (.metadata.labels["app.kubernetes.io/name"] // "")';

/** All pods but these. */
const without = (pods: readonly string[]): Expression[] =>
  pods.length === 0 ? [] : [{ key: identity, operator: 'NotIn', values: pods }];

type Expression = { key: string; operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'; values?: readonly string[] };

function stage(name: string, kind: string, matchExpressions: Expression[], next: unknown): object {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: { resourceRef: { apiGroup: 'v1', kind }, selector: { matchExpressions }, next },
  };
}

const alive: Expression = { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' };
const ready = '.status.conditions.[] | select( .type == "Ready" ) | .status';

const nodeReady = stage('node-ready', 'Node', [{ key: ready, operator: 'NotIn', values: ['True'] }], {
  statusTemplate: `
conditions:
{{ range NodeConditions }}
- type: {{ .type | Quote }}
  status: {{ .status | Quote }}
  reason: {{ .reason | Quote }}
  message: {{ .message | Quote }}
  lastHeartbeatTime: {{ Now | Quote }}
  lastTransitionTime: {{ Now | Quote }}
{{ end }}
{{ with NodePort }}
daemonEndpoints:
  kubeletEndpoint:
    Port: {{ . }}
{{ end }}
phase: Running
`,
});

function podRunning(real: readonly string[]): object {
  const selector: Expression[] = [
    alive,
    { key: '.status.phase', operator: 'In', values: ['Pending'] },
    { key: ready, operator: 'NotIn', values: ['True'] },
    ...without(real),
  ];
  return stage('pod-running', 'Pod', selector, { statusTemplate: podRunningStatus });
}

const podRunningStatus = `
phase: Running
startTime: {{ Now | Quote }}
conditions:
{{ range $type := list "PodReadyToStartContainers" "Initialized" "ContainersReady" "Ready" }}
- type: {{ $type }}
  status: "True"
  lastTransitionTime: {{ Now | Quote }}
{{ end }}
{{ range .spec.readinessGates }}
- type: {{ .conditionType | Quote }}
  status: "True"
  lastTransitionTime: {{ Now | Quote }}
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: true
  started: true
  restartCount: 0
  state:
    running:
      startedAt: {{ Now | Quote }}
{{ end }}
initContainerStatuses:
{{ range .spec.initContainers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: true
  restartCount: 0
  {{ if eq .restartPolicy "Always" }}
  started: true
  state:
    running:
      startedAt: {{ Now | Quote }}
  {{ else }}
  state:
    terminated:
      exitCode: 0
      reason: Completed
      startedAt: {{ Now | Quote }}
      finishedAt: {{ Now | Quote }}
  {{ end }}
{{ end }}
{{ with NodeIPsWith .spec.nodeName }}
hostIP: {{ index . 0 | Quote }}
hostIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
{{ with PodIPsWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) }}
podIP: {{ index . 0 | Quote }}
podIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
`;

const jobDone = stage(
  'job-done',
  'Pod',
  [
    alive,
    { key: '.status.phase', operator: 'In', values: ['Running'] },
    { key: '.metadata.ownerReferences.[].kind', operator: 'In', values: ['Job'] },
  ],
  {
    statusTemplate: `
phase: Succeeded
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: false
  started: false
  restartCount: 0
  state:
    terminated:
      exitCode: 0
      reason: Completed
      startedAt: {{ Now | Quote }}
      finishedAt: {{ Now | Quote }}
{{ end }}
`,
  },
);

function podGone(ownEnd: readonly string[]): object {
  const deleted: Expression = { key: '.metadata.deletionTimestamp', operator: 'Exists' };
  return stage('pod-gone', 'Pod', [deleted, ...without(ownEnd)], { delete: true });
}
