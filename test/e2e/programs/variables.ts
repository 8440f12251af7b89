// What a container sees in its environment, and $(NAME) in its command and arguments: as the kubelet does it.
import { parseQuantity } from '../../../scripts/core/rules/quantity.ts';
import { podName, type Container, type EnvVar, type KeyRef, type Pod } from './pod.ts';

/** Where values come from that the pod only refers to. Text; undefined where there is no such object or key. */
export interface Lookup {
  secret(ref: { namespace: string; name: string; key: string }): Promise<string | undefined>;
  configMap(ref: { namespace: string; name: string; key: string }): Promise<string | undefined>;
}

/** The variables of a container by name, in the order of the template. Throws where one refers to what isn't there. */
export async function variablesOf(pod: Pod, container: Container, lookup: Lookup): Promise<Map<string, string>> {
  if (container.envFrom !== undefined) throw unsupported(pod, container, 'envFrom');
  const values = new Map<string, string>();
  for (const variable of container.env ?? []) {
    const value = await valueOf(pod, container, variable, lookup);
    if (value !== undefined)
      values.set(variable.name, variable.valueFrom === undefined ? expand(value, values) : value);
  }
  return values;
}

async function valueOf(
  pod: Pod,
  container: Container,
  { name, value, valueFrom }: EnvVar,
  lookup: Lookup,
): Promise<string | undefined> {
  if (valueFrom === undefined) return value ?? '';
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  const from = async (kind: 'secret' | 'configMap', ref: KeyRef): Promise<string | undefined> => {
    const found = await lookup[kind]({ namespace: pod.metadata.namespace, name: ref.name, key: ref.key });
    if (found === undefined && ref.optional !== true) {
      throw new Error(
        `${podName(pod)}: ${name} of container ${container.name} needs key ${ref.key} of ${kind} ${ref.name}, which isn't there`,
      );
    }
    return found;
  };
  if (fieldRef !== undefined) return fieldOf(pod, fieldRef.fieldPath);
  if (secretKeyRef !== undefined) return from('secret', secretKeyRef);
  if (configMapKeyRef !== undefined) return from('configMap', configMapKeyRef);
  if (resourceFieldRef !== undefined) return resourceOf(pod, container, resourceFieldRef);
  throw unsupported(pod, container, `valueFrom of ${name}`);
}

/** A field of the pod, as `fieldRef` names it. */
export function fieldOf(pod: Pod, path: string): string {
  const map = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (map !== null) return pod.metadata[map[1] as 'labels' | 'annotations']?.[map[2]!] ?? '';
  const fields: Record<string, string | undefined> = {
    'metadata.name': pod.metadata.name,
    'metadata.namespace': pod.metadata.namespace,
    'metadata.uid': pod.metadata.uid,
    'spec.nodeName': pod.spec.nodeName,
    'spec.serviceAccountName': pod.spec.serviceAccountName,
    'status.podIP': pod.status.podIP,
    'status.podIPs': pod.status.podIP,
    'status.hostIP': pod.status.hostIP,
  };
  const value = fields[path];
  if (value === undefined) throw new Error(`${podName(pod)}: the launcher doesn't know the field ${path}`);
  return value;
}

function resourceOf(pod: Pod, container: Container, ref: { resource: string; divisor?: string }): string {
  const [kind, resource] = ref.resource.split('.') as ['limits' | 'requests', string];
  const quantity = container.resources?.[kind]?.[resource];
  if (quantity === undefined) throw new Error(`${podName(pod)}: container ${container.name} has no ${ref.resource}`);
  const divisor = ref.divisor === undefined || ref.divisor === '0' ? 1 : bytes(ref.divisor);
  return `${Math.ceil(bytes(quantity) / divisor)}`;
}

/** A quantity as a number. */
export function bytes(quantity: string): number {
  const number = parseQuantity(quantity);
  if (number === undefined) throw new Error(`${quantity} is not a quantity`);
  return number;
}

/** $(NAME) becomes its value, $$(NAME) becomes $(NAME), and a name that isn't there stays as it is. */
export function expand(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$\$|\$\(([^)]+)\)/g, (found, name: string | undefined) =>
    name === undefined ? '$' : (values.get(name) ?? found),
  );
}

function unsupported(pod: Pod, container: Container, what: string): Error {
  return new Error(`${podName(pod)}: container ${container.name} uses ${what}, which the launcher doesn't do yet`);
}
