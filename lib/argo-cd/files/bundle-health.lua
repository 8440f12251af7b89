-- Health of a Bundle of trust-manager, of which Argo CD knows none: it is there when its targets are written.
for _, found in ipairs((obj.status or {}).conditions or {}) do
  if found.type == "Synced" and found.observedGeneration == obj.metadata.generation then
    if found.status == "True" then
      return { status = "Healthy", message = found.message or "synced" }
    end
    return { status = "Progressing", message = found.message or found.reason or "not synced" }
  end
end
return { status = "Progressing", message = "not synced yet" }
