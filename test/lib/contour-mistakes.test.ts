import assert from 'node:assert/strict';
import { test } from 'node:test';
import { app, cluster, problemsOf } from './contour-cluster.ts';
import { evaluateAll, evaluateError } from './evaluate.ts';

const mistakes: [settings: string, message: string][] = [
  [
    `{ exposure: 'host-prot' }`,
    `exposure: expected one of load-balancer, node-port, host-port, found "host-prot"; did you mean "host-port"?`,
  ],
  [
    `{ exposure: 'host-port', envoyKind: 'deployment' }`,
    `envoyKind: with exposure "host-port" Envoy is a daemon-set: two pods can't have the same port of a node`,
  ],
  [
    `{ autoscaling: { maxReplicas: 3, cpuUtilization: 80 } }`,
    `autoscaling: a daemon-set has one pod on every node; set envoyKind to "deployment", or autoscaling to null`,
  ],
  [
    `{ envoyKind: 'deployment', replicas+: { envoy: 5 }, autoscaling: { maxReplicas: 3, cpuUtilization: 80 } }`,
    `autoscaling.maxReplicas: fewer than replicas.envoy`,
  ],
  [
    `{ exposure: 'node-port', service+: { sourceRanges: ['10.0.0.0/8'] } }`,
    `service.sourceRanges: exposure "node-port" has no load balancer that keeps others out`,
  ],
  [
    `{ exposure: 'host-port', service+: { loadBalancerClass: 'x' } }`,
    `service.loadBalancerClass: exposure "host-port" has no load balancer`,
  ],
  [
    `{ service+: { nodePorts: { http: 30080, https: 30080 } } }`,
    `service.nodePorts: http and https need different ports`,
  ],
  [
    `{ clientCertificate: { namespace: 'a', name: 'x' }, fallbackCertificate: { namespace: 'b', name: 'x' } }`,
    `clientCertificate.name: "x" is the name of fallbackCertificate, too, in another namespace; give one of them another name`,
  ],
  [`{ drain+: { atLeast: 300 } }`, `drain.atLeast: it must be shorter than drain.atMost`],
  [
    `{ tls+: { minimumVersion: '1.3', maximumVersion: '1.2' } }`,
    `tls.minimumVersion: 1.3 is newer than maximumVersion 1.2`,
  ],
  [
    `{ tls+: { minimumVersion: '1.1' } }`,
    `tls.minimumVersion: expected one of 1.2, 1.3, found "1.1"; did you mean "1.2"?`,
  ],
  [
    `{ upstreamTLS+: { cipherSuites: ['[AES128-SHA|AES999-SHA]'] } }`,
    `upstreamTLS.cipherSuites: Envoy has no cipher suite "AES999-SHA"; did you mean "AES128-SHA"?`,
  ],
  [
    `{ timeouts+: { request: 'forever' } }`,
    `timeouts.request: expected a duration such as 30s or 1m30s, or infinity, found forever`,
  ],
  [
    `{ timeouts+: { connect: 'infinity' } }`,
    `timeouts.connect: expected a duration in hours, minutes and seconds such as 2160h or 1m30s, found infinity`,
  ],
  [
    `{ accessLog+: { fields+: ['reqeust_id'] } }`,
    `accessLog.fields: Contour has no field "reqeust_id"; did you mean "request_id"?`,
  ],
  [
    `{ accessLog+: { fields+: ['size=%BYTES_SEND%'] } }`,
    `accessLog.fields: size: Envoy has no operator "BYTES_SEND"; did you mean "BYTES_SENT"?`,
  ],
  [`{ accessLog+: { format: 'envoy', text: '%REQ%\\n' } }`, `accessLog.text: REQ needs an argument`],
  [`{ accessLog+: { format: 'envoy', text: '%DURATION%' } }`, `accessLog.text: it must end with a line break`],
  [`{ accessLog+: { text: '%DURATION%\\n' } }`, `accessLog.text: it needs accessLog.format "envoy"`],
  [
    `{ headers+: { request+: { set: { 'X A': 'b' } } } }`,
    `headers.request: "X A" is no name of a header: letters, digits and dashes`,
  ],
  [`{ limits+: { connections: 0 } }`, `limits.connections: at least 1, or null for no bound`],
  [
    `{ rateLimitService: { extensionService: 'limits' } }`,
    `rateLimitService.extensionService: expected namespace/name, found limits`,
  ],
  [
    `{ httpVersions: ['http/3'] }`,
    `httpVersions[0]: expected one of http/1.1, http/2, found "http/3"; did you mean "http/2"?`,
  ],
];

test('refused, with the way out: settings that Contour, Envoy or Kubernetes would refuse', async () => {
  const found = await evaluateAll(
    Object.fromEntries(mistakes.map(([settings]) => [settings, problemsOf(cluster(settings), 'contour')])),
  );
  for (const [settings, message] of mistakes)
    assert.deepEqual(found[settings], [`test: components.contour.${message}`], settings);
});

test('a refused setting fails the app', async () => {
  const [settings, message] = mistakes[1]!;
  assert.equal(await evaluateError(app(settings)), `test: components.contour.${message}`);
});
