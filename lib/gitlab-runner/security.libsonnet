// What a job may do on its node, as the executor is told and as the Pod Security of its namespace allows.

// Images of others know no particular user; this one is as good as any but root.
local user = 1000;
local asUser = { run_as_user: user, run_as_group: user, run_as_non_root: true, fs_group: user };
local confined = { seccomp_profile: { type: 'RuntimeDefault' } };
local unconfined = { seccomp_profile: { type: 'Unconfined' }, app_armor_profile: { type: 'Unconfined' } };

local table = {
  restricted: {
    podSecurity: { level: 'restricted' },
    kubernetes: {
      privileged: false,
      allow_privilege_escalation: false,
      cap_drop: ['ALL'],
      pod_security_context: asUser + confined,
    },
  },
  baseline: {
    podSecurity: { level: 'baseline', reason: 'Images of CI jobs run as root.' },
    kubernetes: { privileged: false, allow_privilege_escalation: false, pod_security_context: confined },
  },
  'rootless-builds': {
    podSecurity: { level: 'privileged', reason: 'Rootless builds of images make user namespaces, which the default seccomp profile forbids.' },
    kubernetes: {
      privileged: false,
      // newuidmap, which gives a user namespace its users, is a setuid program.
      allow_privilege_escalation: true,
      pod_security_context: asUser + confined,
      build_container_security_context: unconfined,
    },
  },
  privileged: {
    podSecurity: { level: 'privileged', reason: 'Jobs run Docker in privileged containers.' },
    kubernetes: { privileged: true, allow_privilege_escalation: true },
  },
};

{
  // of(level) -> { podSecurity, kubernetes: keys of [runners.kubernetes] }. An unknown one is the check of settings' to report.
  of(level):: if std.objectHas(table, level) then table[level] else table.restricted,
}
