import type { Finding, Rule, Scope, Subject } from './rule.ts';
import { label1035, label1123, pathSegment, prefixOf, subdomain1123 } from './syntax.ts';
import type { SyntaxCheck } from './syntax.ts';
import { at, fieldsOf, pointer, textOf } from './values.ts';

const anything: SyntaxCheck = () => undefined;

/** Kinds whose name is not an RFC 1123 subdomain; from the validation of each kind in Kubernetes 1.36. */
const byKind: Record<string, SyntaxCheck> = {
  '/Namespace': label1123,
  'apps/StatefulSet': label1123,
  'rbac.authorization.k8s.io/ClusterRole': pathSegment,
  'rbac.authorization.k8s.io/ClusterRoleBinding': pathSegment,
  'rbac.authorization.k8s.io/Role': pathSegment,
  'rbac.authorization.k8s.io/RoleBinding': pathSegment,
  // Named after IP addresses, signers or group and resource, or free: their own validation is not repeated here.
  'certificates.k8s.io/CertificateSigningRequest': anything,
  'certificates.k8s.io/ClusterTrustBundle': anything,
  'internal.apiserver.k8s.io/StorageVersion': anything,
  'networking.k8s.io/IPAddress': anything,
};

/** Names that the API server refuses for their syntax. Custom kinds have subdomain names, like most built-in ones. */
export const metadataName: Rule = {
  name: 'metadata-name',
  summary: 'The name of an object breaks the naming rules of its kind.',
  severity: 'error',
  *check(scope) {
    for (const subject of scope.subjects) {
      const metadata = fieldsOf(subject.manifest.metadata);
      const check = checkFor(subject, scope);
      const name = textOf(metadata.name);
      if (name !== undefined && name !== '') yield* findings(subject, 'name', name, check);
      else if (textOf(metadata.generateName)) {
        yield* findings(subject, 'generateName', metadata.generateName as string, prefixOf(check));
      } else if (subject.isKnown && (metadata.name === undefined || metadata.name === '')) {
        yield { subject, message: 'the manifest has no name', hint: 'set metadata.name', pointer: '/metadata/name' };
      }
      yield* resourceDefinitionName(subject);
    }
  },
};

function checkFor({ group, ref }: Subject, { kubernetes }: Scope): SyntaxCheck {
  if (group === '' && ref.kind === 'Service') {
    // Relaxed from RFC 1035 by the feature RelaxedServiceNameValidation, on by default since 1.36.
    return kubernetes.some((minor) => Number(minor.split('.')[1]) < 36) ? label1035 : label1123;
  }
  return byKind[`${group}/${ref.kind}`] ?? subdomain1123;
}

function* findings(subject: Subject, field: string, value: string, check: SyntaxCheck): Generator<Finding> {
  const wrong = check(value);
  if (wrong === undefined) return;
  const near = value
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  yield {
    subject,
    message: `the name "${value}" of a ${subject.ref.kind} ${wrong}`,
    ...(near !== '' && near !== value && check(near) === undefined && { hint: `for example "${near}"` }),
    pointer: pointer('metadata', field),
  };
}

/** A CustomResourceDefinition is named `<plural>.<group>`, or the server refuses it. */
function* resourceDefinitionName(subject: Subject): Generator<Finding> {
  if (subject.group !== 'apiextensions.k8s.io' || subject.ref.kind !== 'CustomResourceDefinition') return;
  const plural = textOf(at(subject.manifest, 'spec', 'names', 'plural'));
  const group = textOf(at(subject.manifest, 'spec', 'group'));
  if (plural === undefined || group === undefined || subject.ref.name === `${plural}.${group}`) return;
  yield {
    subject,
    message: `the name of a CustomResourceDefinition must be its plural and group, "${plural}.${group}"`,
    hint: `set metadata.name to "${plural}.${group}"`,
    pointer: '/metadata/name',
  };
}
