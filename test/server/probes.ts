// Manifests around the edges of what the API server takes: names, ports, probes, resources, schedules, … each right or
// wrong in one place. Their verdicts are in verdicts.json, recorded from a server by record.ts.
import { createHash } from 'node:crypto';
import type { Manifest } from '../../scripts/core/types.ts';
import { nameProbes } from './name-probes.ts';
import { otherProbes, portProbes } from './other-probes.ts';
import { podProbes } from './pod-probes.ts';

/** The key of a probe in verdicts.json. */
export function keyOf(manifest: Manifest): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex').slice(0, 16);
}

/** Every probe once. What JSON can't say, such as undefined, is gone. */
export function probes(): Manifest[] {
  const all = [...nameProbes(), ...podProbes(), ...portProbes(), ...otherProbes()];
  return [...new Map(all.map((one) => [keyOf(one), JSON.parse(JSON.stringify(one)) as Manifest])).values()];
}
