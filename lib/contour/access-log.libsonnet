// What a line of Envoy's access log may contain, as Contour checks it: apis/projectcontour/v1alpha1/accesslog.go of
// Contour 1.33. Contour does not start with a field that it doesn't know.
local doc = import '../doc/main.libsonnet';

// Names that Contour translates, besides the operators below in any case.
local names = [
  '@timestamp',
  'authority',
  'contour_config_kind',
  'contour_config_name',
  'contour_config_namespace',
  'method',
  'path',
  'request_id',
  'ts',
  'uber_trace_id',
  'upstream_service_time',
  'user_agent',
  'x_forwarded_for',
  'x_trace_id',
];

// Operators that take nothing.
local plain = std.split(std.strReplace(std.stripChars(|||
  BYTES_RECEIVED BYTES_SENT CONNECTION_ID CONNECTION_TERMINATION_DETAILS DOWNSTREAM_DIRECT_REMOTE_ADDRESS
  DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT DOWNSTREAM_DIRECT_REMOTE_PORT DOWNSTREAM_HEADER_BYTES_RECEIVED
  DOWNSTREAM_HEADER_BYTES_SENT DOWNSTREAM_LOCAL_ADDRESS DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT DOWNSTREAM_LOCAL_PORT
  DOWNSTREAM_LOCAL_SUBJECT DOWNSTREAM_LOCAL_URI_SAN DOWNSTREAM_PEER_CERT DOWNSTREAM_PEER_CERT_V_END
  DOWNSTREAM_PEER_CERT_V_START DOWNSTREAM_PEER_FINGERPRINT_1 DOWNSTREAM_PEER_FINGERPRINT_256 DOWNSTREAM_PEER_ISSUER
  DOWNSTREAM_PEER_SERIAL DOWNSTREAM_PEER_SUBJECT DOWNSTREAM_PEER_URI_SAN DOWNSTREAM_REMOTE_ADDRESS
  DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT DOWNSTREAM_REMOTE_PORT DOWNSTREAM_TLS_CIPHER DOWNSTREAM_TLS_SESSION_ID
  DOWNSTREAM_TLS_VERSION DOWNSTREAM_WIRE_BYTES_RECEIVED DOWNSTREAM_WIRE_BYTES_SENT DURATION FILTER_CHAIN_NAME
  GRPC_STATUS GRPC_STATUS_NUMBER HOSTNAME LOCAL_REPLY_BODY PROTOCOL REQUEST_HEADERS_BYTES REQUESTED_SERVER_NAME
  REQUEST_DURATION REQUEST_TX_DURATION RESPONSE_CODE RESPONSE_CODE_DETAILS RESPONSE_DURATION RESPONSE_FLAGS
  RESPONSE_HEADERS_BYTES RESPONSE_TRAILERS_BYTES RESPONSE_TX_DURATION ROUTE_NAME START_TIME UPSTREAM_CLUSTER
  UPSTREAM_FILTER_STATE UPSTREAM_HEADER_BYTES_RECEIVED UPSTREAM_HEADER_BYTES_SENT UPSTREAM_HOST
  UPSTREAM_LOCAL_ADDRESS UPSTREAM_LOCAL_ADDRESS_WITHOUT_PORT UPSTREAM_LOCAL_PORT UPSTREAM_PEER_CERT
  UPSTREAM_PEER_CERT_V_END UPSTREAM_PEER_CERT_V_START UPSTREAM_PEER_ISSUER UPSTREAM_PEER_SUBJECT UPSTREAM_PROTOCOL
  UPSTREAM_REMOTE_ADDRESS UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT UPSTREAM_REMOTE_PORT UPSTREAM_REQUEST_ATTEMPT_COUNT
  UPSTREAM_TLS_CIPHER UPSTREAM_TLS_SESSION_ID UPSTREAM_TLS_VERSION UPSTREAM_TRANSPORT_FAILURE_REASON
  UPSTREAM_WIRE_BYTES_RECEIVED UPSTREAM_WIRE_BYTES_SENT VIRTUAL_CLUSTER_NAME
|||, '\n'), '\n', ' '), ' ');

// Operators with arguments in parentheses: %REQ(X-REQUEST-ID)%, and a length behind them: %REQ(COOKIE):32%.
local withArguments = ['ENVIRONMENT', 'METADATA', 'REQ', 'REQ_WITHOUT_QUERY', 'RESP', 'TRAILER'];

local letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ_';

// The operator that begins at text[0] == '%': { name, arguments, length, size }, or null where it is none.
local operator(text) =
  local rest = text[1:];
  local name = rest[:std.length(rest) - std.length(std.lstripChars(rest, letters))];
  local afterName = rest[std.length(name):];
  local closing = std.findSubstr(')', afterName);
  local arguments = if std.startsWith(afterName, '(') && closing != [] then afterName[:closing[0] + 1] else '';
  local afterArguments = afterName[std.length(arguments):];
  local colon = if std.startsWith(afterArguments, ':') && arguments != '' then afterArguments[1:] else '';
  local digits = colon[:std.length(colon) - std.length(std.lstripChars(colon, '0123456789'))];
  local length = if digits == '' then '' else ':' + digits;
  local end = afterArguments[std.length(length):];
  if name == '' || arguments == '()' || !std.startsWith(end, '%') then null
  else { name: name, arguments: arguments, length: length, size: std.length(name + arguments + length) + 2 };

local mistakes(text) =
  local at = std.findSubstr('%', text);
  if at == [] then []
  else
    local rest = text[at[0]:];
    local found = operator(rest);
    if found == null then ['"%s" is no operator: %%NAME%%, %%NAME(ARGUMENT)%% or %%NAME(ARGUMENT):LENGTH%%' % rest]
    else (
      if !std.member(plain + withArguments, found.name)
      then ['Envoy has no operator "%s"; %s' % [found.name, doc.nearest.hint(found.name, plain + withArguments)]]
      else if std.member(withArguments, found.name) && found.arguments == '' then ['%s needs an argument' % found.name]
      else if found.name == 'START_TIME' && found.length != '' then ['START_TIME takes no length']
      else []
    ) + mistakes(rest[found.size:]);

{
  // ofText(setting, text) -> mistakes in a line of operators.
  ofText(setting, text):: ['%s: %s' % [setting, mistake] for mistake in mistakes(text)],

  // ofFields(setting, fields) -> mistakes in the fields of a JSON line.
  ofFields(setting, fields):: std.flattenArrays([
    local parts = std.splitLimit(field, '=', 1);
    if std.length(parts) == 2 then
      if parts[1] == '' then ['%s: %s= needs an operator' % [setting, parts[0]]]
      else $.ofText('%s: %s' % [setting, parts[0]], parts[1])
    else if std.member(names, field) || std.member(plain, std.asciiUpper(field)) then []
    else ['%s: Contour has no field "%s"; %s' % [setting, field, doc.nearest.hint(field, names + [std.asciiLower(name) for name in plain])]]
    for field in fields
  ]),
}
