// config.toml. Nothing secret is in it: GitLab Runner puts variables into `token`, and takes the keys of the object storage
// from the variables that every client of S3 reads.
local k = import '../kubernetes/main.libsonnet';
local security = import 'security.libsonnet';

local caFile = '/etc/gitlab-runner/certificates/ca.crt';

// The variable that holds the token of a runner.
local tokenVariable(name) = 'RUNNER_TOKEN_' + std.asciiUpper(std.strReplace(name, '-', '_'));

// What is empty says nothing, and some keys may not be empty.
local given(fields) = { [name]: fields[name] for name in std.objectFields(fields) if !std.member([null, [], {}], fields[name]) };

local asList(variables) = ['%s=%s' % [name, variables[name]] for name in std.objectFields(variables)];

// cpu_request, memory_request, memory_limit of one kind of container, and how far a job may raise them.
local sized(prefix, size, ceiling) = {
  [prefix + 'cpu_request']: size.cpu,
  [prefix + 'cpu_request_overwrite_max_allowed']: ceiling.cpu,
  [prefix + 'memory_request']: size.memory,
  [prefix + 'memory_request_overwrite_max_allowed']: ceiling.memory,
  [prefix + 'memory_limit']: size.memoryLimit,
  [prefix + 'memory_limit_overwrite_max_allowed']: ceiling.memory,
};

local executor(this, runner) =
  local jobs = this.jobs;
  given({
    namespace: jobs.namespace,
    image: std.get(runner, 'image', jobs.image),
    pull_policy: [jobs.pullPolicy],
    allowed_images: jobs.allowedImages,
    allowed_services: jobs.allowedServices,
    image_pull_secrets: this.cluster.registry.pullSecrets,
    service_account: this.workloadName('job'),
    automount_service_account_token: false,
    node_selector: jobs.nodeSelector,
    node_tolerations: jobs.tolerations,
    runtime_class_name: jobs.runtimeClass,
    // What NetworkPolicies know them by.
    pod_labels: k.selector(this, 'job'),
    poll_timeout: k.quantity.seconds(jobs.startTimeout),
    ephemeral_storage_limit: jobs.size.storage,
    helper_ephemeral_storage_limit: jobs.size.storage,
    service_ephemeral_storage_limit: jobs.size.storage,
  })
  + sized('', jobs.size.build, jobs.ceiling)
  + sized('helper_', jobs.size.helper, jobs.ceiling)
  + sized('service_', jobs.size.service, jobs.ceiling)
  + security.of(jobs.security).kubernetes;

// The bucket's prefix comes before what GitLab Runner calls its keys.
local cache(this) =
  local bucket = this.storage.bucket(this.name, 'cache');
  {
    Type: 's3',
    Shared: this.cache.shared,
    [if bucket.prefix != '' then 'Path']: bucket.prefix,
    s3: {
      ServerAddress: bucket.endpoint,
      BucketName: bucket.bucket,
      BucketLocation: bucket.region,
      Insecure: bucket.insecure,
      PathStyle: bucket.pathStyle,
      // That is: what the SDK finds, which looks into the variables first.
      AuthenticationType: 'iam',
    },
  };

local runner(this, name) =
  local said = this.runners[name];
  {
    name: name,
    url: std.get(said, 'url', this.url),
    token: '${%s}' % tokenVariable(name),
    executor: 'kubernetes',
    [if std.objectHas(said, 'limit') then 'limit']: said.limit,
    [if std.objectHas(said, 'requestConcurrency') then 'request_concurrency']: said.requestConcurrency,
    [if this.certificateAuthority != null then 'tls-ca-file']: caFile,
    [if this.cache.enabled then 'cache']: cache(this),
    kubernetes: std.mergePatch(executor(this, said), std.get(said, 'kubernetes', {})),
  }
  + given({ environment: asList(this.jobs.environment + std.get(said, 'environment', {})) })
  + std.get(said, 'settings', {});

{
  caFile:: caFile,

  of(this):: {
    concurrent: this.concurrent,
    check_interval: k.quantity.seconds(this.checkInterval),
    listen_address: ':%d' % this.workload('manager').ports.metrics,
    log_format: 'json',
    log_level: this.logLevel,
    shutdown_timeout: k.quantity.seconds(this.shutdown.forced),
    runners: [runner(this, name) for name in std.objectFields(this.runners)],
  },

  // variables(this) -> { NAME: { secret, key } } for k.env: what config.toml refers to.
  variables(this)::
    local keys = this.cluster.objectStorage.credentials;
    {
      [tokenVariable(name)]: { secret: this.runners[name].tokenSecretRef.name, key: this.runners[name].tokenSecretRef.key }
      for name in std.objectFields(this.runners)
    } + (
      if !this.cache.enabled then {}
      else {
        AWS_ACCESS_KEY_ID: { secret: keys.secretName, key: keys.accessKey },
        AWS_SECRET_ACCESS_KEY: { secret: keys.secretName, key: keys.secretKey },
      }
    ),

  // secrets(this) -> the Secrets that must exist, for the component's `secrets`.
  secrets(this)::
    local all = [
      this.runners[name].tokenSecretRef { help: 'authentication token of the runner %s (glrt-…)' % name }
      for name in std.objectFields(this.runners)
    ] + (if this.certificateAuthority == null then [] else [this.certificateAuthority { help: 'CA certificates of GitLab' }]);
    {
      [name]: { keys: { [one.key]: one.help for one in all if one.name == name } }
      for name in std.set([one.name for one in all])
    } + (if this.cache.enabled then this.storage.secret else {}),
}
