// Kubernetes quantities and durations as numbers, so that they can be added up.
local factors = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 1024,
  Mi: 1048576,
  Gi: 1073741824,
  Ti: 1099511627776,
  Pi: 1125899906842624,
  Ei: 1152921504606846976,
};

// std.parseJson is the one parser of decimals that both engines share.
local number(text) =
  local trimmed = if std.startsWith(text, '.') then '0' + text else text;
  std.parseJson(if std.endsWith(trimmed, '.') then trimmed + '0' else trimmed);

// parse(quantity) -> a number in the base unit: cores or bytes. Takes strings and numbers.
local parse(quantity) =
  local text = std.toString(quantity);
  local suffix = std.lstripChars(text, '0123456789.');
  local mantissa = text[:std.length(text) - std.length(suffix)];
  if std.objectHas(factors, suffix) then number(mantissa) * factors[suffix]
  else if std.member(['e', 'E'], suffix[:1]) then std.parseJson(text)
  else error 'quantity: "%s" is not a Kubernetes quantity' % text;

// Prometheus' longer units are as long as they say: a year has 365 days.
local seconds = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400, w: 604800, y: 31536000 };

// '1h30m' -> the sum of its parts, in seconds.
local duration(text) =
  if text == '' then 0
  else
    local letters = std.lstripChars(text, '0123456789');
    local rest = std.lstripChars(letters, 'dhmswy');
    local unit = std.substr(letters, 0, std.length(letters) - std.length(rest));
    std.parseInt(text[:std.length(text) - std.length(letters)]) * seconds[unit] + duration(rest);

{
  // seconds(duration) -> whole seconds of a `go-duration` or `duration` such as 1h30m or 14d, rounded up.
  seconds(text):: std.ceil(duration(text) - 1e-6),
  // milli(quantity) -> thousandths, rounded up to whole ones: CPU in millicores, free of binary fractions.
  milli(quantity):: std.ceil(parse(quantity) * 1000 - 1e-6),
  // bytes(quantity) -> whole bytes, rounded up.
  bytes(quantity):: std.ceil(parse(quantity) - 1e-6),
}
