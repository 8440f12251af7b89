// What kube-score and kube-linter say of our manifests, and why it stays so. A finding that is not here fails
// static-analysis.test.ts; so does an entry that no finding needs any more.

/** `<tool>/<check>` -> objects as `<Kind>/<name>` with the reason, or one reason for all. */
export const accepted: Record<string, string | Record<string, string>> = {
  // ---- decisions of this project ----

  'kube-score/container-image-pull-policy':
    'Tags say a version and never move; a pod that starts again must not need the registry for an image that the node has.',
  'kube-score/container-resources':
    'CPU has no limit: throttling harms more than sharing. Requests and the limit of memory are always there (test/lib/exceptions.test.ts).',
  'kube-score/deployment-has-host-podantiaffinity':
    'topologySpreadConstraints do that, over zones and nodes, and still let all pods start where there is one node.',
  'kube-score/statefulset-has-host-podantiaffinity':
    'topologySpreadConstraints do that, over zones and nodes, and still let all pods start where there is one node.',
  'kube-linter/no-anti-affinity':
    'topologySpreadConstraints do that, over zones and nodes, and still let all pods start where there is one node.',
  'kube-score/pod-probes-identical':
    'These programs have one thing to ask. Liveness waits longer than readiness, which the test of this list checks.',
  'kube-score/deployment-replicas':
    'The profile `small` has one pod of everything; these run once in every profile, or there.',
  'kube-linter/job-ttl-seconds-after-finished':
    'A Job that removes itself is missing to Argo CD, which would make it anew for ever. It replaces or prunes them.',

  // ---- single objects ----

  'kube-score/container-security-context-user-group-id': {
    'DaemonSet/alloy-node': 'It reads the log files of the node as root, without a capability.',
    'Deployment/alloy': 'The user of its image, to whom its folders belong.',
    'Deployment/argocd-redis': 'The user of its images, to whom their folders belong.',
    'Deployment/argocd-repo-server':
      'The user of its image: git and ssh refuse to run as one who is not in /etc/passwd.',
    'Deployment/argocd-server': 'The user of its image, the same for all programs of Argo CD.',
    'Deployment/git-server': 'The user of its image, which is that of Argo CD.',
    'Deployment/gitlab-runner': 'The user of its image, to whom its folders belong.',
    'Deployment/grafana': 'The user of its image, to whom its folders belong.',
    'Deployment/linkerd-destination':
      'The users of its images, by which linkerd-init tells the proxy from the program.',
    'Deployment/linkerd-identity': 'The users of its images, by which linkerd-init tells the proxy from the program.',
    'Deployment/linkerd-proxy-injector':
      'The users of its images, by which linkerd-init tells the proxy from the program.',
    'Deployment/metrics-api': 'The user of its image.',
    'Deployment/object-storage': 'To whom the stored files belong: another would lock out data that is there already.',
    'Deployment/tap': 'The user of its image.',
    'Deployment/tap-injector': 'The user of its image.',
    'Deployment/trust-manager': 'The user of its image.',
    'Deployment/web': 'The user of its image.',
    'StatefulSet/argocd-application-controller': 'The user of its image, the same for all programs of Argo CD.',
    'StatefulSet/argocd-redis-ha': 'The user of its images, to whom their folders belong.',
  },
  'kube-score/deployment-strategy': {
    'Deployment/kube-state-metrics': 'Two would say everything twice, for as long as an update takes.',
    'Deployment/object-storage': 'Two must not write to one volume.',
  },
  'kube-score/deployment-targeted-by-hpa-does-not-have-replicas-configured': {
    'Deployment/contour-envoy':
      'With how many it starts. Argo CD leaves the field to the autoscaler afterwards (ignoreDifferences, RespectIgnoreDifferences).',
  },
  'kube-linter/drop-net-raw-capability': {
    'Deployment/linkerd-destination':
      'linkerd-init leads the traffic of its pod through the proxy; with linkerd-cni it goes.',
    'Deployment/linkerd-identity':
      'linkerd-init leads the traffic of its pod through the proxy; with linkerd-cni it goes.',
    'Deployment/linkerd-proxy-injector':
      'linkerd-init leads the traffic of its pod through the proxy; with linkerd-cni it goes.',
  },
  'kube-score/networkpolicy-targets-pod': {
    'NetworkPolicy/actions-runner-controller-listener': 'The controller makes these pods.',
    'NetworkPolicy/actions-runner-controller-runner': 'The controller makes these pods.',
    'NetworkPolicy/gitlab-runner-job': 'The manager makes these pods.',
    'NetworkPolicy/default-deny':
      'The namespace object-storage has no pod where somebody else stores; it denies what may come.',
  },
  'kube-linter/run-as-non-root': {
    'DaemonSet/alloy-node': 'It reads the log files of the node as root, without a capability.',
  },
  'kube-linter/sensitive-host-mounts': {
    'DaemonSet/alloy-node': 'What node-exporter measures: read-only, and not as root.',
  },
};
