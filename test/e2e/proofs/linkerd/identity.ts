// Identity signs what proxies ask for, before, during and after a rotation of the anchor.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { certify, leadsTo, type Certified } from '../../linkerd/identity.ts';
import { install } from '../../programs/install.ts';
import { launchPod, type RunningPod } from '../../programs/launch.ts';
import { podsOf } from '../../programs/workload.ts';
import { waitUntil } from '../../rig/api.ts';
import type { Rig } from '../../rig/rig.ts';
import { run } from '../../rig/run.ts';
import type { Manifest } from '../../../../scripts/core/types.ts';
import { evaluateIn } from '../controllers/evaluate.ts';
import type { Stage } from '../controllers/stage.ts';
import { anchorOf, bundleIs, bundleOf, issued, issuerOf } from './trust.ts';

/** The pod that the stage must run. */
export const identity = 'linkerd/linkerd-identity';

/** What the app linkerd applies with these anchors. */
const withAnchors = (environment: string, ...names: string[]): Promise<Manifest[]> =>
  evaluateIn(
    environment,
    `(cluster { components+: { linkerd+: { anchors: ${JSON.stringify(names)} } } }).manifests('linkerd')`,
  );

/** Asks for a certificate as the proxy of a pod with this ServiceAccount. */
async function certified(rig: Rig, pod: RunningPod): Promise<Certified> {
  const account = { namespace: 'linkerd', serviceAccount: 'linkerd-destination' };
  const token = await rig.api.tokenFor(account, ['identity.l5d.io']);
  const name = `${account.serviceAccount}.${account.namespace}.serviceaccount.identity.linkerd.cluster.local`;
  const [key, request] = ['proxy.key', 'proxy.csr'].map((file) => join(rig.folder, file));
  const options = 'req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj / -outform DER'.split(' ');
  await run('openssl', [...options, '-keyout', key!, '-addext', `subjectAltName=DNS:${name}`, '-out', request!]);
  const answer = await certify(pod.pod.status!.podIP!, name, token, readFileSync(request!));
  assert.ok(answer.leaf.checkHost(name), `not good for ${name}`);
  return answer;
}

/** Registers the tests. Needs the certificates and the bundle. */
export function proveIdentity(stage: Stage): void {
  const { rig } = stage;
  let running: RunningPod;
  let first: Certified;

  test('identity signs what a proxy asks for, with its own rights', async () => {
    [running] = (await stage.run(identity)) as [RunningPod];
    first = await certified(rig, running);
    assert.ok(leadsTo(first, await bundleOf(rig)));
  });

  for (const [names, means] of [
    [['1', '2'], 'both are trusted and the first one signs'],
    [['2', '1'], 'both are trusted and the second one signs'],
    [['2'], 'the first one is no longer trusted'],
  ] as const) {
    test(`rotation, anchors ${names.join(', ')}: ${means}`, async () => {
      const manifests = await withAnchors(stage.environment, ...names);
      await install(rig.api, manifests);
      await issued(rig, manifests);
      await bundleIs(rig, ...names);
      const signer = await anchorOf(rig, names[0]);
      await waitUntil(async () => (await issuerOf(rig)).verify(signer.publicKey), {
        seconds: 120,
        what: `${names[0]} signs the issuer`,
      });
      // The Deployment changed: a new pod takes over.
      let next: Awaited<ReturnType<typeof podsOf>>[number] | undefined;
      await waitUntil(
        async () => {
          next = (await podsOf(rig, identity, 2)).find(
            ({ metadata }) => metadata.annotations?.['rekindle/trust-anchors'] === names.join(','),
          );
          return next !== undefined;
        },
        { seconds: 60, what: 'a pod of identity that knows the new anchors' },
      );
      const old = running;
      running = await launchPod(rig, next!);
      stage.running.splice(stage.running.indexOf(old), 1, running);
      stage.ran.push(running);
      await old.stop();
      const anew = await certified(rig, running);
      assert.ok(leadsTo(anew, [signer]), 'a new certificate leads to the one that signs');
      assert.equal(
        leadsTo(first, await bundleOf(rig)),
        (names as readonly string[]).includes('1'),
        'one from before the rotation',
      );
    });
  }
}
