// Why an app isn't Healthy, in words: what the objects in its namespace say of themselves. Argo CD's own verdict names the
// app, not the cause.
import type { AppState } from './applications.ts';
import type { LiveObject } from './live-object.ts';

/** One thing that is wrong. */
export interface Trouble {
  /** The object, as `<Kind> <namespace>/<name>`; for an Application its own. */
  where: string;
  what: string;
  /** Does nothing mend it by itself, as far as one can tell? Else it may just need time. */
  lasting: boolean;
}

/** Types whose objects say what they lack, for kubectl: those that every cluster knows, and those of our definitions. */
export const tellingTypes = {
  everywhere: ['pods', 'jobs.batch', 'persistentvolumeclaims'],
  defined: ['certificates.cert-manager.io', 'httpproxies.projectcontour.io'],
} as const;

const placeOf = ({ kind, metadata: { namespace, name } }: LiveObject): string => `${kind} ${namespace}/${name}`;

/** What a container waits for that doesn't come by waiting (kubelet's reasons). */
const lastingReasons = new Set([
  'CrashLoopBackOff',
  'CreateContainerConfigError',
  'CreateContainerError',
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
]);

interface ContainerStatus {
  name: string;
  state?: { waiting?: { reason?: string; message?: string } };
}

function ofPod(pod: LiveObject): Trouble[] {
  const status = pod.status ?? {};
  const unschedulable = (status.conditions ?? []).find(
    (one: { type: string; status: string }) => one.type === 'PodScheduled' && one.status === 'False',
  );
  if (unschedulable !== undefined)
    return [{ where: placeOf(pod), what: `no node takes it: ${unschedulable.message ?? ''}`, lasting: true }];
  const containers: ContainerStatus[] = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  return containers.flatMap(({ name, state }) => {
    const reason = state?.waiting?.reason;
    if (reason === undefined || !lastingReasons.has(reason)) return [];
    const what = [`container ${name}: ${reason}`, state?.waiting?.message].filter((text) => text !== undefined);
    return [{ where: placeOf(pod), what: what.join(': '), lasting: true }];
  });
}

/** Of kinds that tell by a condition: its type, and the status that is trouble. */
function ofCondition(object: LiveObject, type: string, bad: string, lasting: boolean): Trouble[] {
  const conditions: { type: string; status: string; message?: string; reason?: string }[] =
    object.status?.conditions ?? [];
  return conditions
    .filter((one) => one.type === type && one.status === bad)
    .map(({ message, reason }) => ({
      where: placeOf(object),
      what: message ?? reason ?? `${type} is ${bad}`,
      lasting,
    }));
}

const readers: Readonly<Record<string, (object: LiveObject) => Trouble[]>> = {
  Pod: ofPod,
  Job: (job) => ofCondition(job, 'Failed', 'True', true),
  PersistentVolumeClaim: (claim) =>
    claim.status?.phase === 'Pending'
      ? [{ where: placeOf(claim), what: 'waits for a volume; is there a default StorageClass?', lasting: false }]
      : [],
  Certificate: (certificate) => ofCondition(certificate, 'Ready', 'False', false),
  HTTPProxy: (proxy) =>
    proxy.status?.currentStatus === 'invalid'
      ? [{ where: placeOf(proxy), what: `invalid: ${proxy.status.description ?? ''}`, lasting: true }]
      : [],
};

/** What the objects of an app's namespace say is wrong, those that last first. */
export function troublesOf(objects: readonly LiveObject[]): Trouble[] {
  const all = objects.flatMap((object) => readers[object.kind]?.(object) ?? []);
  return [...all.filter(({ lasting }) => lasting), ...all.filter(({ lasting }) => !lasting)];
}

/** What Argo CD says is wrong with an app itself: it can't be rendered, compared or applied. */
export function troublesOfApp({ name, phase, message, conditions }: AppState): Trouble[] {
  const where = `Application ${name}`;
  const said = conditions
    .filter(({ type }) => type.endsWith('Error'))
    .map(({ type, message: text }) => ({ where, what: `${type}: ${text}`, lasting: true }));
  const failed =
    phase === 'Failed' || phase === 'Error' ? [{ where, what: `its sync failed: ${message}`, lasting: true }] : [];
  return [...said, ...failed];
}
