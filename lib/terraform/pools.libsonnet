// pools(cluster) -> [{ name, count, cpu, memory, labels, size }]: `nodes`, with a name for each and what it leaves out.
function(cluster)
  std.mapWithIndex(
    function(i, node) { name: 'pool-%d' % i, labels: {}, size: null } + node,
    cluster.nodes,
  )
