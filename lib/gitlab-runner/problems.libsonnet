// What GitLab Runner refuses, or takes without a word and then does not do.
local doc = import '../doc/main.libsonnet';
local types = import '../doc/types.libsonnet';
local k = import '../kubernetes/main.libsonnet';

local keys = [line for line in std.split(importstr 'files/keys.txt', '\n') if line != '' && !std.startsWith(line, '#')];

// The keys right below a table: 'runners.kubernetes' -> ['image', …, 'pod_labels', …].
local below(table) = std.set([
  std.split(key[std.length(table) + 1:], '.')[0]
  for key in keys
  if std.startsWith(key, table + '.')
]);
local ofRunners = below('runners');
local ofExecutor = below('runners.kubernetes');

// Keys that settings stand for, or that would hold a secret.
local settingOfRunner = {
  cache: 'cache',
  environment: 'environment',
  executor: null,
  kubernetes: 'kubernetes',
  limit: 'limit',
  name: 'runners',
  request_concurrency: 'requestConcurrency',
  'tls-ca-file': 'certificateAuthority',
  token: 'tokenSecretRef',
  url: 'url',
};
local settingOfExecutor = {
  bearer_token: null,
  bearer_token_overwrite_allowed: null,
  image: 'image',
  namespace: 'jobs.namespace',
  namespace_overwrite_allowed: null,
  namespace_per_job: null,
  node_selector: 'jobs.nodeSelector',
  node_tolerations: 'jobs.tolerations',
  pod_labels: null,
  pod_labels_overwrite_allowed: null,
  privileged: 'jobs.security',
  runtime_class_name: 'jobs.runtimeClass',
  service_account_overwrite_allowed: null,
};

local ofKeys(path, said, known, settings) = [
  if !std.member(known, key) then '%s: gitlab-runner 19.3 has no key "%s" there; %s' % [path, key, doc.nearest.hint(key, known)]
  else if settings[key] == null then '%s.%s: it is not yours to say: the namespace of jobs, their labels and their rights depend on it' % [path, key]
  else '%s.%s: say it by the setting %s' % [path, key, settings[key]]
  for key in std.objectFields(said)
  if !std.member(known, key) || std.objectHas(settings, key)
];

function(this)
  local jobs = this.jobs;
  local size = jobs.size;
  local containers = [name for name in ['build', 'helper', 'service']];
  local milli = k.quantity.milli;
  local bytes = k.quantity.bytes;
  local ofJob(field, measure) = measure(size.build[field]) + measure(size.helper[field]);
  local room(key, field, measure) =
    if std.objectHas(jobs.quota, key) && ofJob(field, measure) > measure(jobs.quota[key])
    then ['jobs.quota: not one job fits: its containers want more %s than "%s"' % [key, jobs.quota[key]]]
    else [];
  (if this.runners == {} then ['runners: name at least one, or turn %s off' % this.name] else [])
  + (if this.concurrent < 1 then ['concurrent: at least 1, or no job would run'] else [])
  + (
    if jobs.namespace == this.namespace
    then ['jobs.namespace: "%s" is where the manager is, with its tokens: jobs need a namespace of their own' % jobs.namespace]
    else []
  )
  + [
    'runners: "%s" is no name for a runner: expected %s' % [name, types.name.check(name)]
    for name in std.objectFields(this.runners)
    if types.name.check(name) != null
  ]
  + std.flattenArrays([
    local said = this.runners[name];
    ofKeys('runners.%s.settings' % name, std.get(said, 'settings', {}), ofRunners, settingOfRunner)
    + ofKeys('runners.%s.kubernetes' % name, std.get(said, 'kubernetes', {}), ofExecutor, settingOfExecutor)
    for name in std.objectFields(this.runners)
  ])
  + [
    'jobs.size.%s.memoryLimit: %s is more than jobs.ceiling.memory, %s: no pod could start' % [name, size[name].memoryLimit, jobs.ceiling.memory]
    for name in containers
    if bytes(size[name].memoryLimit) > bytes(jobs.ceiling.memory)
  ]
  + [
    'jobs.size.%s.memory: %s is more than its memoryLimit, %s' % [name, size[name].memory, size[name].memoryLimit]
    for name in containers
    if bytes(size[name].memory) > bytes(size[name].memoryLimit)
  ]
  + room('requests.cpu', 'cpu', milli)
  + room('requests.memory', 'memory', bytes)
  + room('limits.memory', 'memoryLimit', bytes)
  + (if this.cache.enabled && this.cluster.has('object-storage') then this.storage.problemsOf(this.name) else [])
