// The types of settings. Each has a check in Jsonnet (so that Argo CD reports a wrong value) and a JSON Schema
// (so that editors and the toolchain do); test/lib/doc proves on generated values that both say the same.
//
// check(value) -> null, or what was expected, to be read after "expected ".

// Comparisons of letters are the one look at a character that is quick in both engines: every app asks for every setting.
local isDigit(c) = c >= '0' && c <= '9';
local isAlphanumeric(c) = (c >= 'a' && c <= 'z') || isDigit(c);
local isHexadecimal(c) = isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');

local isString(value) = std.type(value) == 'string';
local isNumber(value) = std.type(value) == 'number';
local isInteger(value) = isNumber(value) && std.floor(value) == value;
local all(predicate, items) = std.length(items) == std.length(std.filter(predicate, items));
local isDigits(text) = text != '' && all(isDigit, std.stringChars(text));

// The length of the leading number in text, decimals included: '1.5Gi' -> 3.
local numberLength(text) =
  local size = std.length(text);
  local scan(i, dot) =
    if i >= size then i
    else if isDigit(text[i]) then scan(i + 1, dot)
    else if text[i] == '.' && !dot then scan(i + 1, true)
    else i;
  scan(0, false);

// '1h30m' -> are these one or more numbers, each followed by one of the units?
local isDuration(text, units) =
  local size = std.length(text);
  local scan(i) =
    if i == size then true
    else
      local rest = text[i:];
      local number = std.length(rest) - std.length(std.lstripChars(rest, '0123456789'));
      local letters = rest[number:];
      local unit = std.length(letters) - std.length(std.lstripChars(letters, 'abcdefghijklmnopqrstuvwxyz'));
      number > 0 && std.member(units, letters[:unit]) && scan(i + number + unit);
  size > 0 && scan(0);

// Kubernetes' quantity, without a sign: apimachinery's resource.Quantity.
local isQuantity(text) =
  local n = numberLength(text);
  local number = text[:n];
  local suffix = text[n:];
  local exponent = suffix[1:];
  n > 0 && number != '.' && (
    std.member(['', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'], suffix)
    || (std.member(['e', 'E'], suffix[:1]) && isDigits(if std.member(['+', '-'], exponent[:1]) then exponent[1:] else exponent))
  );

local isLabel(text) =
  local size = std.length(text);
  size > 0 && size <= 63
  && all(function(c) isAlphanumeric(c) || c == '-', std.stringChars(text))
  && text[0] != '-' && text[size - 1] != '-';

local isHost(text) = std.length(text) <= 253 && all(isLabel, std.split(text, '.'));

// A number without leading zeros, up to a limit.
local isNumeral(text, limit) =
  isDigits(text) && std.length(text) <= 3 && text == std.toString(std.parseInt(text)) && std.parseInt(text) <= limit;

local isCIDR(text) =
  local parts = std.split(text, '/');
  local octets = std.split(parts[0], '.');
  std.length(parts) == 2 && (
    if std.length(octets) == 4
    then all(function(octet) isNumeral(octet, 255), octets) && isNumeral(parts[1], 32)
    else std.length(std.findSubstr(':', parts[0])) >= 2
         && all(function(c) isHexadecimal(c) || c == ':', std.stringChars(parts[0]))
         && isNumeral(parts[1], 128)
  );

local hasSpace(text) = !all(function(c) c != ' ', std.stringChars(text));

local isURL(text) =
  local scheme = std.splitLimit(text, '://', 1);
  std.length(scheme) == 2 && scheme[0] != '' && scheme[1] != '' && !hasSpace(text)
  && all(function(c) isAlphanumeric(c) || c == '+', std.stringChars(scheme[0]));

local isEmail(text) =
  local parts = std.split(text, '@');
  std.length(parts) == 2 && parts[0] != '' && isHost(std.asciiLower(parts[1])) && !hasSpace(text);

local text(expected, predicate, schema) = {
  check(value):: if isString(value) && predicate(value) then null else expected,
  schema: { type: 'string' } + schema,
};

local label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';

{
  string: text('a string', function(_) true, {}),
  boolean: {
    check(value):: if std.type(value) == 'boolean' then null else 'true or false',
    schema: { type: 'boolean' },
  },
  integer: {
    check(value):: if isInteger(value) then null else 'a whole number',
    schema: { type: 'integer' },
  },
  number: {
    check(value):: if isNumber(value) then null else 'a number',
    schema: { type: 'number' },
  },
  count: {
    check(value):: if isInteger(value) && value >= 0 then null else 'a whole number, zero or more',
    schema: { type: 'integer', minimum: 0 },
  },
  port: {
    check(value):: if isInteger(value) && value >= 1 && value <= 65535 then null else 'a port, 1 to 65535',
    schema: { type: 'integer', minimum: 1, maximum: 65535 },
  },
  // Prometheus' and Loki's durations: days, weeks and years are units too.
  duration: text(
    'a duration such as 30s, 1h30m or 14d',
    function(v) isDuration(v, ['ms', 's', 'm', 'h', 'd', 'w', 'y']),
    { pattern: '^([0-9]+(ms|s|m|h|d|w|y))+$' },
  ),
  // Go's time.Duration without fractions: its largest unit is the hour.
  'go-duration': text(
    'a duration in hours, minutes and seconds such as 2160h or 1m30s',
    function(v) isDuration(v, ['ms', 's', 'm', 'h']),
    { pattern: '^([0-9]+(ms|s|m|h))+$' },
  ),
  // Contour's timeouts: the same, or none at all.
  timeout: text(
    'a duration such as 30s or 1m30s, or infinity',
    function(v) v == 'infinity' || isDuration(v, ['ms', 's', 'm', 'h']),
    { pattern: '^(infinity|([0-9]+(ms|s|m|h))+)$' },
  ),
  quantity: text(
    'a Kubernetes quantity such as 100m, 0.5 or 512Mi',
    isQuantity,
    { pattern: '^([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?$' },
  ),
  name: text(
    'a name of lower-case letters, digits and dashes, at most 63 (RFC 1123 label)',
    isLabel,
    { pattern: '^' + label + '$' },
  ),
  host: text(
    'a DNS name such as example.org',
    isHost,
    { pattern: '^' + label + '(\\.' + label + ')*$', maxLength: 253 },
  ),
  url: text(
    'a URL such as https://example.org/path',
    isURL,
    { pattern: '^[a-z0-9+]+://[^ ]+$' },
  ),
  email: text(
    'an e-mail address',
    isEmail,
    { pattern: '^[^@ ]+@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$' },
  ),
  cidr: text(
    'an address range such as 10.0.0.0/8',
    isCIDR,
    {
      pattern: '^(%(octet)s(\\.%(octet)s){3}/(3[0-2]|[12]?[0-9])|[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:]*/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$'
               % { octet: '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])' },
    },
  ),
  any: {
    check(value):: null,
    schema: {},
  },
}
