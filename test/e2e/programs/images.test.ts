import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTools } from '../rig/tools.ts';
import versions from '../../../lib/versions.json' with { type: 'json' };
import { imageOf, images } from './images.ts';

/** Images that no program stands for, each with the reason. */
const absent: Record<string, string> = {
  'ghcr.io/amoniacou/external-dns-digitalocean-webhook': 'the module proxy does not have it',
  'cr.l5d.io/linkerd/cni-plugin': 'no environment runs it, and the rig has no CNI plugins',
  'cr.l5d.io/linkerd/debug': 'nothing runs it but a pod that asks for it',
  'cr.l5d.io/linkerd/metrics-api': 'it answers from what proxies measure, and there are none',
  'cr.l5d.io/linkerd/tap': 'it asks proxies, and there are none',
  'cr.l5d.io/linkerd/web': 'it shows what metrics-api answers',
  'docker.io/grafana/loki-canary': 'no environment runs it',
  'docker.io/grafana/tempo-vulture': 'no environment runs it',
  'docker.io/kindest/node': 'kind makes nodes of it; nothing runs in them here',
  'docker.io/library/alpine': 'jobs of GitLab run in it, and nobody sends jobs here',
  'docker.io/library/docker': 'no environment runs it',
  'docker.io/summerwind/actions-runner': 'no environment runs it',
  'docker.io/summerwind/actions-runner-controller': 'no environment runs it',
  'ghcr.io/actions/actions-runner': 'GitHub sends it jobs, and there is no way out to GitHub',
  'ghcr.io/actions/gha-runner-scale-set-controller': 'the module proxy has releases of 2023 only',
  'ghcr.io/external-secrets/external-secrets': 'no environment runs it',
  'ghcr.io/headlamp-k8s/headlamp': 'the module proxy does not have it',
  'registry.gitlab.com/gitlab-org/gitlab-runner': 'the module proxy refuses one of its modules',
  'docker.io/grafana/alloy': 'it takes over 20 minutes of a processor to build',
  'docker.io/library/memcached': 'only modes of several pods run it',
  'docker.io/prom/memcached-exporter': 'only modes of several pods run it',
  'ghcr.io/dexidp/dex': 'no environment runs it',
  'quay.io/jetstack/cert-manager-acmesolver': 'only pods of challenges by HTTP-01 run it',
  'quay.io/jetstack/trust-pkg-debian-trixie': 'no environment runs it',
  'quay.io/prometheus-operator/prometheus-operator': 'nothing runs it: its CustomResourceDefinitions are taken',
  'quay.io/prometheus/node-exporter': 'it would tell of this machine, not of nodes',
  'registry.k8s.io/kube-state-metrics/kube-state-metrics':
    'no proof asks it anything; Alloy, which would, does not run',
  'registry.k8s.io/metrics-server/metrics-server':
    'the module proxy does not have it, and there are no kubelets to ask',
};

/** Programs whose version is not that of the image, each with what it is. */
const otherVersions: Record<string, string> = {
  // The newest of its minor on PyPI.
  envoy: 'v1.38.3',
  // The commit of edge-26.1.1, whose tag is no semantic version.
  'linkerd-controller': 'v0.5.1-0.20260106143553-d22fbc715226',
  loki: 'v3.7.8',
  // It says 3.0.5 of itself: the newest of 3.0 that the module proxy has.
  mimir: 'v1.3.1-0.20260423142704-aced80d74930',
  // 2.9.0: the module proxy refuses what is newer.
  tempo: 'v1.5.1-0.20251008140505-607c7fb69662',
};

test('every image that we deploy has its program, or a reason', () => {
  for (const { image } of Object.values(versions)) {
    assert.notEqual(image in images, image in absent, `${image}: in exactly one of the two lists`);
  }
});

test('a program has the version of its image', () => {
  const tools = readTools();
  for (const { image, tag } of Object.values(versions)) {
    for (const binary of Object.values(images[image]?.programs ?? {})) {
      const tool = tools.get(binary);
      assert.ok(tool !== undefined, `${binary} is built`);
      const expected = otherVersions[binary] ?? tag;
      assert.equal(tool.version, expected, `${binary}: change test/e2e/tools with lib/versions.json`);
    }
  }
});

test('the program of Envoy has the minor of its image', () => {
  const [, minor] = /v(\d+\.\d+)\./.exec(versions.envoy.tag) ?? [];
  assert.ok(otherVersions.envoy!.startsWith(`v${minor}.`));
});

test('an image is found by its name, whatever its tag, digest and registry port', () => {
  assert.equal(imageOf('ghcr.io/projectcontour/contour:v1@sha256:abc'), imageOf('ghcr.io/projectcontour/contour'));
  assert.throws(
    () => imageOf('registry.example:5000/unknown:1'),
    /the image registry\.example:5000\/unknown: add it to/,
  );
});
