// What can be wrong with pod templates and those who own them.
import { variant, type Variant } from './variant.ts';

const template = 'spec/template/spec';
const container = `${template}/containers/0`;

/** With one key put over what is there. */
const plus = (fields: object) => (before: unknown) => ({ ...(before as object), ...fields });

const deployment = (name: string, path: string, value?: unknown): Variant => variant('Deployment', name, path, value);

export const podVariants: readonly Variant[] = [
  deployment('an unknown field of the Deployment', 'spec/replica', 2),
  deployment('an unknown field of a container', `${container}/imagee`, 'example.org/image:1'),
  deployment('replicas as text', 'spec/replicas', 'two'),
  deployment('negative replicas', 'spec/replicas', -1),
  deployment('a container without an image', `${container}/image`),
  deployment('no containers', `${template}/containers`, []),
  deployment('a template that the selector does not select', 'spec/template/metadata/labels', { app: 'other' }),
  deployment('no selector', 'spec/selector'),
  deployment('two containers of one name', `${template}/containers/-`, (before: unknown) => structuredClone(before)),
  deployment('a container name with a capital and an underscore', `${container}/name`, 'Main_1'),
  deployment('a memory request in no unit', `${container}/resources/requests/memory`, '12Mb'),
  deployment('a request above its limit', `${container}/resources/requests/memory`, '900Gi'),
  deployment('a negative CPU request', `${container}/resources/requests/cpu`, '-1'),
  deployment('an unknown resource', `${container}/resources/requests/speed`, '1'),
  deployment('two ports of one name', `${container}/ports/-`, (before: unknown) =>
    plus({ containerPort: 4711 })(before),
  ),
  deployment('port 0', `${container}/ports/0/containerPort`, 0),
  deployment('a port above 65535', `${container}/ports/0/containerPort`, 70000),
  deployment('a port name of 16 characters', `${container}/ports/0/name`, 'a-name-too-long1'),
  deployment('a protocol that there is not', `${container}/ports/0/protocol`, 'HTTP'),
  deployment('a mount of a volume that there is not', `${container}/volumeMounts/0/name`, 'missing'),
  deployment('two mounts at one path', `${container}/volumeMounts/-`, (before: unknown) => structuredClone(before)),
  deployment('two volumes of one name', `${template}/volumes/-`, (before: unknown) => structuredClone(before)),
  deployment('a volume of two kinds', `${template}/volumes/0`, plus({ emptyDir: {}, hostPath: { path: '/tmp' } })),
  deployment('a variable with a value and a source', `${container}/env`, [
    { name: 'A', value: 'a', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  ]),
  deployment('a variable without a name', `${container}/env`, [{ value: 'a' }]),
  deployment('a restart policy that there is not', `${template}/restartPolicy`, 'Sometimes'),
  deployment('a Deployment whose pods never restart', `${template}/restartPolicy`, 'Never'),
  deployment('a probe of two kinds', `${container}/livenessProbe`, { httpGet: { port: 80 }, tcpSocket: { port: 80 } }),
  deployment('a probe of no kind', `${container}/livenessProbe`, { periodSeconds: 5 }),
  deployment('a probe with a negative period', `${container}/livenessProbe/periodSeconds`, -5),
  deployment('a liveness probe that must succeed twice', `${container}/livenessProbe/successThreshold`, 2),
  deployment('an image pull policy that there is not', `${container}/imagePullPolicy`, 'Sometimes'),
  deployment('Recreate with settings of a rolling update', 'spec/strategy', {
    type: 'Recreate',
    rollingUpdate: { maxSurge: 1 },
  }),
  deployment('a rolling update that may neither add nor remove', 'spec/strategy', {
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: 0, maxUnavailable: 0 },
  }),
  deployment('a grace period as text', `${template}/terminationGracePeriodSeconds`, '30s'),
  deployment('a negative user', `${container}/securityContext/runAsUser`, -1),
  deployment('privileged without privilege escalation', `${container}/securityContext`, plus({ privileged: true })),
  deployment('a local seccomp profile without a name', `${template}/securityContext/seccompProfile`, {
    type: 'Localhost',
  }),
  deployment('a DNS policy that there is not', `${template}/dnsPolicy`, 'Public'),
  deployment('a toleration with a value for Exists', `${template}/tolerations`, [
    { key: 'a', operator: 'Exists', value: 'b' },
  ]),
  deployment('a spread of nothing', `${template}/topologySpreadConstraints`, [
    { maxSkew: 0, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
  ]),
  deployment('a node selector term with an operator that there is not', `${template}/affinity`, {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'Equals', values: ['b'] }] }],
      },
    },
  }),
  variant('StatefulSet', 'a pod management policy that there is not', 'spec/podManagementPolicy', 'Random'),
  variant('StatefulSet', 'an update strategy that there is not', 'spec/updateStrategy', { type: 'Sometimes' }),
  variant('DaemonSet', 'a DaemonSet with replicas', 'spec/replicas', 2),
  variant('Job', 'a Job whose pods always restart', `${template}/restartPolicy`, 'Always'),
  variant('Job', 'a negative back-off limit', 'spec/backoffLimit', -1),
];
