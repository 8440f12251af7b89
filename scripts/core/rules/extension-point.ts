import type { Finding, Rule, Subject } from './rule.ts';
import { subdomain1123 } from './syntax.ts';
import { at, fieldsOf, itemsOf, pointer, textOf } from './values.ts';

/** What extends the API server: webhooks, custom and aggregated APIs, and the controllers of Ingress classes. */
export const extensionPoint: Rule = {
  name: 'extension-point',
  summary: 'A webhook, a custom API or an Ingress class is not one that the API server takes.',
  severity: 'error',
  *check(scope) {
    for (const subject of scope.subjects) {
      const kind = `${subject.group}/${subject.ref.kind}`;
      yield* (checks[kind] ?? nothing)(subject);
    }
  },
};

const nothing = (): Finding[] => [];

const checks: Record<string, (subject: Subject) => Iterable<Finding>> = {
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': webhookFindings,
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': webhookFindings,
  'apiextensions.k8s.io/CustomResourceDefinition': definitionFindings,
  'apiregistration.k8s.io/APIService': aggregatedFindings,
  'networking.k8s.io/IngressClass': controllerFindings,
};

function* webhookFindings(subject: Subject): Generator<Finding> {
  for (const [i, webhook] of itemsOf(subject.manifest.webhooks).map(fieldsOf).entries()) {
    const where = (field: string) => ({ subject, pointer: pointer('webhooks', i, field) });
    const name = textOf(webhook.name);
    if (name !== undefined && (subdomain1123(name) !== undefined || name.split('.').length < 3)) {
      const hint = `a name below a domain of yours, such as ${subject.ref.name}.example.org`;
      yield { ...where('name'), message: `the webhook "${name}" is not named by a domain of three parts`, hint };
    }
    const versions = itemsOf(webhook.admissionReviewVersions);
    if (!versions.includes('v1') && !versions.includes('v1beta1')) {
      yield { ...where('admissionReviewVersions'), message: 'the webhook takes no version of reviews', hint: "['v1']" };
    }
    const { timeoutSeconds } = webhook;
    if (typeof timeoutSeconds === 'number' && (timeoutSeconds < 1 || timeoutSeconds > 30)) {
      yield { ...where('timeoutSeconds'), message: `timeoutSeconds ${timeoutSeconds} is not from 1 to 30` };
    }
  }
}

function* definitionFindings(subject: Subject): Generator<Finding> {
  const scope = textOf(at(subject.manifest.spec, 'scope'));
  if (scope !== undefined && scope !== 'Cluster' && scope !== 'Namespaced') {
    yield { subject, message: `the scope "${scope}" is neither Cluster nor Namespaced`, pointer: '/spec/scope' };
  }
  const versions = itemsOf(at(subject.manifest.spec, 'versions')).map(fieldsOf);
  const where = { subject, pointer: '/spec/versions' };
  const stored = versions.filter(({ storage }) => storage === true).length;
  if (versions.length > 0 && stored !== 1) {
    yield { ...where, message: `exactly one version has "storage: true", here ${stored === 0 ? 'none' : stored}` };
  }
  const names = versions.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) yield { ...where, message: `the version "${String(twice)}" is there twice` };
}

function* aggregatedFindings(subject: Subject): Generator<Finding> {
  const { version, group } = fieldsOf(subject.manifest.spec);
  if (typeof version !== 'string' || typeof group !== 'string') return;
  const expected = `${version}.${group}`;
  if (subject.ref.name === expected) return;
  const message = `the name of an APIService must be its version and group, "${expected}"`;
  yield { subject, message, hint: `set metadata.name to "${expected}"`, pointer: '/metadata/name' };
}

function* controllerFindings(subject: Subject): Generator<Finding> {
  const controller = textOf(at(subject.manifest.spec, 'controller'));
  if (controller === undefined) return;
  const [domain = '', ...path] = controller.split('/');
  const isPath = path.length > 0 && path.every((part) => /^[-A-Za-z0-9._~%!$&'()*+,;=:]+$/.test(part));
  if (isPath && subdomain1123(domain) === undefined) return;
  const message = `the controller "${controller}" is not a domain and a path, such as example.org/ingress`;
  yield { subject, message, pointer: '/spec/controller' };
}
