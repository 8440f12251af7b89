// Variants that are merely different: no check may refuse them.
import { variant, type Variant } from './variant.ts';

const container = 'spec/template/spec/containers/0';

export const takenVariants: readonly Variant[] = [
  variant('Deployment', 'other replicas', 'spec/replicas', 3),
  variant('Deployment', 'replicas left to the default', 'spec/replicas'),
  variant('Deployment', 'a field that is null', 'spec/template/spec/hostname', null),
  variant('Deployment', 'a quantity with a decimal point', `${container}/resources/requests/cpu`, '0.01'),
  variant('Deployment', 'a quantity that is a number', `${container}/resources/requests/cpu`, 0.01),
  variant('Deployment', 'the highest port', `${container}/ports/0/containerPort`, 65535),
  variant('Deployment', 'a variable with a dot in its name', `${container}/env`, [{ name: 'a.b-c', value: '' }]),
  variant('Deployment', 'a share of pods for a rolling update', 'spec/strategy', {
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: '50%', maxUnavailable: 0 },
  }),
  variant('ConfigMap', 'an empty label', 'metadata/labels/empty', ''),
  variant('ConfigMap', 'an annotation of any text', 'metadata/annotations', {
    'example.org/note': 'ünïcödé, "quoted"\n',
  }),
  variant('ConfigMap', 'a name that begins with a digit and has dots', 'metadata/name', '1.2.three'),
  variant('Service', 'a port without a name, alone', 'spec/ports', [{ port: 80 }]),
  variant('Service', 'a target port by number', 'spec/ports/0/targetPort', 65535),
  variant('RoleBinding', 'a ServiceAccount of its own namespace', 'subjects/0/namespace'),
  variant('Role', 'an empty list of rules', 'rules', []),
  variant('NetworkPolicy', 'a range of ports', 'spec/ingress', [{ ports: [{ port: 80, endPort: 90 }] }]),
  variant('Certificate', 'another algorithm', 'spec/privateKey', { algorithm: 'RSA', size: 4096 }),
  variant('HTTPProxy', 'a weight', 'spec/routes/0/services/0/weight', 10),
];
