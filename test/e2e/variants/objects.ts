// What can be wrong with everything else that Kubernetes itself defines.
import type { Manifest } from '../../../scripts/core/types.ts';
import { variant, type Variant } from './variant.ts';

const copy = (before: unknown): unknown => structuredClone(before);

export const objectVariants: readonly Variant[] = [
  variant('Service', 'two ports of one name', 'spec/ports/-', (before: { port: number }) => ({
    ...before,
    port: 4711,
  })),
  variant('Service', 'a second port, and neither has a name', 'spec/ports', [{ port: 80 }, { port: 81 }]),
  variant('Service', 'port 0', 'spec/ports/0/port', 0),
  variant('Service', 'a type that there is not', 'spec/type', 'Balancer'),
  variant('Service', 'a ClusterIP that is no address', 'spec/clusterIP', 'anything'),
  variant('Service', 'a target port name of 16 characters', 'spec/ports/0/targetPort', 'a-name-too-long1'),
  variant('Service', 'a name with a dot', 'metadata/name', 'a.b'),
  variant('Service', 'no ports', 'spec/ports', []),
  variant('Service', 'an external traffic policy without a way in', 'spec', (before: object) => ({
    ...before,
    type: 'ClusterIP',
    externalTrafficPolicy: 'Local',
  })),
  variant('ConfigMap', 'a number for a value', 'data/number', 4711),
  variant('ConfigMap', 'a key with a space', 'data/a key', 'value'),
  variant('ConfigMap', 'a key that is text and binary', 'binaryData', (_: unknown, manifest: Manifest) => {
    manifest.data = { key: 'text' };
    return { key: '' };
  }),
  variant('ConfigMap', 'a name with a capital', 'metadata/name', 'Capital'),
  variant('ConfigMap', 'a name of 254 characters', 'metadata/name', 'a'.repeat(254)),
  variant('ConfigMap', 'a label value with a space', 'metadata/labels/team', 'a team'),
  variant('ConfigMap', 'a label key that ends in a dash', 'metadata/labels/dash-', 'value'),
  variant('ConfigMap', 'a label that is a number', 'metadata/labels/number', 1),
  variant('Secret', 'data that is not base64', 'data', { key: 'not base64!' }),
  variant('ServiceAccount', 'a mounted token as text', 'automountServiceAccountToken', 'no'),
  variant('ClusterRole', 'a rule without verbs', 'rules/0/verbs', []),
  variant('ClusterRole', 'a rule about nothing', 'rules/-', { verbs: ['get'] }),
  variant('Role', 'a rule about paths in a namespace', 'rules/-', { verbs: ['get'], nonResourceURLs: ['/metrics'] }),
  variant('RoleBinding', 'a subject of a kind that there is not', 'subjects/0/kind', 'Robot'),
  variant('ClusterRoleBinding', 'a ServiceAccount without a namespace', 'subjects/0/namespace'),
  variant('RoleBinding', 'a role of a kind that there is not', 'roleRef/kind', 'Permission'),
  variant('ClusterRoleBinding', 'no role', 'roleRef'),
  variant('NetworkPolicy', 'a direction that there is not', 'spec/policyTypes', ['Sideways']),
  variant('NetworkPolicy', 'a network that is none', 'spec/ingress', [
    { from: [{ ipBlock: { cidr: '10.0.0.0/33' } }] },
  ]),
  variant('NetworkPolicy', 'ports that end before they begin', 'spec/ingress', [
    { ports: [{ port: 90, endPort: 80 }] },
  ]),
  variant('NetworkPolicy', 'an address block beside a selector', 'spec/ingress', [
    { from: [{ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }] },
  ]),
  variant('NetworkPolicy', 'no pod selector that is an object', 'spec/podSelector', 'all'),
  variant('PodDisruptionBudget', 'a least and a most at once', 'spec', (before: object) => ({
    ...before,
    minAvailable: 1,
    maxUnavailable: 1,
  })),
  variant('PodDisruptionBudget', 'a negative number of pods', 'spec', (before: { selector: object }) => ({
    selector: before.selector,
    minAvailable: -1,
  })),
  variant('HorizontalPodAutoscaler', 'a most below the least', 'spec/minReplicas', 1000),
  variant('PriorityClass', 'a value that is reserved for the system', 'value', 2_000_000_000),
  variant('PriorityClass', 'a preemption policy that there is not', 'preemptionPolicy', 'Sometimes'),
  variant('Namespace', 'a name with an underscore', 'metadata/name', 'a_b'),
  variant('APIService', 'a name that is not version and group', 'metadata/name', 'v1.other.example.org'),
  variant('ValidatingWebhookConfiguration', 'side effects that there are not', 'webhooks/0/sideEffects', 'Many'),
  variant('ValidatingWebhookConfiguration', 'no review version', 'webhooks/0/admissionReviewVersions', []),
  variant('ValidatingWebhookConfiguration', 'a webhook without a domain in its name', 'webhooks/0/name', 'plain'),
  variant('MutatingWebhookConfiguration', 'a time-out above 30 seconds', 'webhooks/0/timeoutSeconds', 60),
  variant('IngressClass', 'a controller without a domain', 'spec/controller', 'plain'),
  variant('CustomResourceDefinition', 'a name that is not plural and group', 'metadata/name', 'others.example.org'),
  variant('CustomResourceDefinition', 'a scope that there is not', 'spec/scope', 'World'),
  variant('CustomResourceDefinition', 'no version that is stored', 'spec/versions/0/storage', false),
  variant('CustomResourceDefinition', 'two versions of one name', 'spec/versions/-', copy),
];
