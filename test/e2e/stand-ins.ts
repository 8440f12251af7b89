// Everything that is not the real thing in a proof, and why. A proof that uses one says so with its result.
import { report } from './report.ts';

export const standIns = {
  'nodes and containers':
    'kwok plays the nodes and every container that a proof does not run: there is no kubelet and no image registry here',
  'webhooks of absent programs':
    "proofs of the API server alone run no controllers; what cert-manager's webhook would refuse is admitted there (the proofs of cert-manager run the real one)",
  'load balancer':
    'no cloud gives addresses to Services of type LoadBalancer: each gets one of 203.0.113.0/24, which kube-proxy leads to its pods',
  'name server': 'a small one in place of CoreDNS, with the same answers for Services',
  volumes:
    'the default StorageClass, whose volumes are folders of the rig: there are no disks of a cloud, and the nodes share one tree of folders',
  'Git server': 'git daemon inside the rig: there is no way out to a Git host, nor one that calls Argo CD at a push',
  "Argo CD's images":
    "its repo-server and controller and Debian's Redis, Git and gpg in place of the images; three scripts of the image (test/e2e/programs/files) do as much as unsigned commits need. Its server, the UI, is played",
  'password of Redis':
    "made by the proof with the token of Redis' ServiceAccount: the program of the init container that makes it would take as long to build as all else of Argo CD",
  "Linkerd's proxies":
    'the proxy, what leads traffic to it and the policy controller are written in Rust and come as images only: their containers are left out, and programs that have a proxy talk without it',
  'checks of Linkerd':
    'beside Argo CD a server that admits every policy and every ServiceProfile, with the certificates that cert-manager issued, and one that answers for tap.linkerd.io: the checks of policies and tap need Rust programs',
  'metrics API':
    'a server that answers for metrics.k8s.io with the certificate that cert-manager issued: there are no kubelets to ask',
  'public issuers':
    'issuers of the same names that sign for themselves: nothing here can prove to a public authority that a host is ours',
  kubelet:
    'the launcher (test/e2e/programs) starts the containers of a pod by runc, with the memory limit of their template; there are no default seccomp profile and no CPU limit, and NetworkPolicies are not enforced',
  "cert-manager's programs":
    'started by mains of our own (test/e2e/tools/cert-manager), which know the one flag that we give: the module proxy has their packages, not their mains',
  Envoy: '1.38.3 from PyPI, the newest 1.38 there, in place of the image',
  Mimir: '3.0.5, the newest that the module proxy has, in place of 3.0.6; no key of its configuration differs',
  Grafana:
    'a script that lists the dashboards which are provisioned where it runs, to whoever knows the password: its program can not be built here',
  'kubectl port-forward': 'kwok plays the kubelet, and leads to the Service of a pod instead of to the pod',
  'S3 and memcached of parts':
    "the S3 server of the cluster in place of the provider's, and no memcached, which comes as an image only: the parts read what it would have kept",
  Tempo:
    '2.9.0, the newest that the module proxy has, in place of 3.0.3: its configuration is the rendered one without live_store and block_builder, with ingester and compactor in their place',
  "Let's Encrypt":
    "Pebble, under Let's Encrypt's names and behind an authority that pods trust besides those of the world: there is no way out",
  'API of DigitalOcean':
    'list, create and delete of records, as cert-manager calls them, carried out at the name server of the domain',
  'name server of the domain':
    "BIND, which external-dns changes by its provider rfc2136 in place of the environment's: the program beside it for DigitalOcean is not to be had",
  'backend of a host': 'a stub that repeats what it was asked, in the place of argocd-server, or of Mimir behind lens',
  'ports of the node':
    'requests go to the ports of the pod that its template maps to those of the node: nothing maps them here',
  'external-dns': 'played beside Argo CD: there is no DNS provider to reach (its own proof runs it)',
} as const;

export type StandIn = keyof typeof standIns;

/** Makes a stand-in part of the result. */
export function noteStandIn(name: StandIn): void {
  report.note(`stand-in, ${name}`, standIns[name]);
}
