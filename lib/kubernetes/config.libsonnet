// ConfigMaps, and the hash that restarts pods when they change.
{
  // configMap(this, name, data) -> a ConfigMap; data: { file: text }.
  configMap(this, name, data):: $.object(this, 'v1', 'ConfigMap', name) { data: data },

  // configHash(objects) -> metadata of a pod template that changes with the content of these ConfigMaps.
  configHash(configMaps)::
    local checksum = std.md5(std.toString([c.data for c in configMaps]));
    { metadata+: { annotations+: { 'checksum/config': checksum } } },

  // toYAML(value) -> a configuration file. JSON is YAML: it is quick in both engines and has no quoting traps.
  toYAML(value):: std.toString(value),

  // emptyDir(name, size) -> a volume for scratch files, with a bound.
  emptyDir(name, size):: { name: name, emptyDir: { sizeLimit: size } },
}
