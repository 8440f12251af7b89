// backend(cluster, stack) -> where the state of a stack is kept. A backend takes no expressions: paths are as seen from
// rendered/<env>/terraform/<stack>. Credentials of S3 come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
local fromStack = '../../../../';

function(cluster, stack)
  local state = cluster.infrastructure.state;
  if state.backend == 'local' then {
    'local': { path: '%s%s/%s.tfstate' % [if std.startsWith(state.folder, '/') then '' else fromStack, state.folder, stack] },
  } else {
    s3: {
      bucket: state.bucket,
      key: '%s/%s.tfstate' % [state.prefix, stack],
      region: state.region,
      endpoints: { s3: (if state.insecure then 'http://' else 'https://') + state.endpoint },
      // What only Amazon has.
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      skip_region_validation: true,
      skip_requesting_account_id: true,
      skip_s3_checksum: true,
      [if state.pathStyle then 'use_path_style']: true,
      [if state.lock then 'use_lockfile']: true,
    },
  }
