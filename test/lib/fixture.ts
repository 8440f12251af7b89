// A cluster made for one test: what an environment says, on top of the library, with a few small components of its own.

/** Jsonnet of a cluster with only the given components; `extra` is Jsonnet that is added to the cluster. */
export const clusterOf = (components: string, extra = '{}'): string => `
  local component = import 'component/main.libsonnet';
  local doc = import 'doc/main.libsonnet';
  local k = import 'kubernetes/main.libsonnet';
  local echo = component {
    local this = self,
    name: 'echo',
    '#greeting':: doc.setting('string', 'What it says.'),
    greeting: 'hello',
    image:: { image: 'registry.example/echo', tag: '1.0.0' },
    workloads:: { server: { name: this.name, ports: { http: 8080 } } },
    size: { server: { cpu: '10m', memory: '16Mi' } },
    resources+:: {
      workload: {
        deployment: k.deployment(this, 'server') {
          spec+: { template+: { spec+: { containers: [
            k.container(this, 'server', this.image) { args: [this.greeting], readinessProbe: k.httpProbe('http', '/') },
          ] } } },
        },
        service: k.service(this, 'server', { http: 80 }),
      },
    },
  };
  (import 'cluster/main.libsonnet') {
    name: 'test',
    domain: 'test.example',
    gitops+: { repoURL: 'https://git.example/repository.git' },
    components:: ${components},
  } + (${extra})
`;

/** The same with one slice or expression taken from it. */
export const slice = (expression: string, components: string, extra = '{}'): string =>
  `local cluster = ${clusterOf(components, extra)}; cluster.${expression}`;
