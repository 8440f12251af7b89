import { containersOf, podTemplatesOf } from './pods.ts';
import type { PodTemplate } from './pods.ts';
import type { Rule } from './rule.ts';
import { didYouMean } from '../suggest.ts';
import { at, fieldsOf, itemsOf, pointer, textOf } from './values.ts';

/** Mounts and devices of a container that name no volume of the pod. */
export const missingVolume: Rule = {
  name: 'missing-volume',
  summary: 'A container mounts a volume that its pod does not have.',
  severity: 'error',
  *check(scope) {
    for (const pod of podTemplatesOf(scope)) {
      const volumes = volumeNames(pod);
      for (const container of containersOf(pod)) {
        for (const field of ['volumeMounts', 'volumeDevices']) {
          for (const [i, mount] of itemsOf(container.fields[field]).entries()) {
            const name = textOf(at(mount, 'name'));
            if (name === undefined || volumes.includes(name)) continue;
            yield {
              subject: pod.subject,
              message: `container "${container.fields.name}" mounts the volume "${name}", which the pod does not have`,
              hint: didYouMean(name, volumes),
              pointer: pointer(...container.at, field, i, 'name'),
            };
          }
        }
      }
    }
  },
};

function volumeNames({ spec, subject }: PodTemplate): string[] {
  const own = itemsOf(spec.volumes).map((volume) => textOf(at(volume, 'name')));
  // A StatefulSet makes a volume of each of its claims.
  const claims =
    subject.ref.kind === 'StatefulSet' ? itemsOf(at(subject.manifest, 'spec', 'volumeClaimTemplates')) : [];
  const claimed = claims.map((claim) => textOf(fieldsOf(at(claim, 'metadata')).name));
  return [...own, ...claimed].filter((name) => name !== undefined);
}
