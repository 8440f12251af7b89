// The name that somebody probably meant: the candidate at the smallest edit distance.
// Only error messages call this, so it may be slow, and it stays readable.

// Levenshtein distance, one row of the table at a time.
local distance(a, b) =
  local rows = std.foldl(
    function(previous, i)
      std.foldl(
        function(row, j)
          local cell = std.min(
            std.min(row[j] + 1, previous[j + 1] + 1),
            previous[j] + (if a[i] == b[j] then 0 else 1)
          );
          // The assertion computes the cell now. Left to the end, long names would need more stack than there is.
          assert cell >= 0;
          row + [cell],
        std.range(0, std.length(b) - 1),
        [i + 1],
      ),
    std.range(0, std.length(a) - 1),
    std.range(0, std.length(b)),
  );
  rows[std.length(b)];

// nearest(name, candidates) -> the closest candidate, or null when none is close (a third of the letters, at least two).
local nearest(name, candidates) =
  local limit = std.max(2, std.floor(std.length(name) / 3));
  local best = std.foldl(
    function(found, candidate)
      // A name that is longer or shorter by that much can't be nearer.
      local hopeless = std.abs(std.length(name) - std.length(candidate)) >= found.distance;
      local d = if hopeless then found.distance else distance(name, candidate);
      if d < found.distance then { name: candidate, distance: d } else found,
    candidates,
    { name: null, distance: limit + 1 },
  );
  best.name;

{
  distance:: distance,
  nearest:: nearest,

  // hint(name, candidates, quote='"') -> 'did you mean "x"?', or the list of what there is.
  hint(name, candidates)::
    local near = nearest(name, candidates);
    if near != null then 'did you mean "%s"?' % near
    else if std.length(candidates) == 0 then 'there is none to choose from'
    else 'known: ' + std.join(', ', candidates),
}
