-- Health of an Application as the Application above it sees it, so that sync waves between them wait. Argo CD has none
-- built in since 1.8. A sync goes on when this says Healthy, fails when it says Degraded, and waits otherwise.
--
-- Above this text stands `local patience = <seconds>`: how long anything else than Healthy may last before the sync above
-- fails, to be tried again with the newest commit. The libraries of Lua are closed here, but for `os.time` and `os.date`,
-- which must be required; times are compared as text, since all are RFC 3339 in UTC.
local os = require("os")

local status = obj.status or {}
local sync = status.sync or {}
local operation = status.operationState or {}
local annotations = obj.metadata.annotations or {}

local function verdict(code, message)
  return { status = code, message = message }
end

-- Is everything that `wanted` says in `found`? Argo CD leaves out empty values when it writes its status.
local function covers(wanted, found)
  if wanted == nil or wanted == "" or wanted == false then
    return found == nil or found == "" or found == false
  end
  if type(wanted) ~= "table" then
    return wanted == found
  end
  for key, value in pairs(wanted) do
    local other = nil
    if type(found) == "table" then
      other = found[key]
    end
    if not covers(value, other) then
      return false
    end
  end
  return true
end

local function isCurrent(compared)
  return compared ~= nil and covers(obj.spec.source, compared.source) and covers(obj.spec.sources, compared.sources)
end

-- Has it lasted too long since the latest of these times?
local function isOverdue(first, second)
  local since = first or second
  if second ~= nil and since < second then
    since = second
  end
  return since ~= nil and since < os.date("!%Y-%m-%dT%H:%M:%SZ", os.time() - patience)
end

-- The message of the first condition of this type, or nil.
local function condition(kind)
  for _, found in ipairs(status.conditions or {}) do
    if found.type == kind then
      return found.message or kind
    end
  end
  return nil
end

local function waiting(message, first, second)
  if isOverdue(first, second) then
    return verdict("Degraded", message .. " for too long")
  end
  return verdict("Progressing", message)
end

-- The root is applied by the app of Argo CD itself, which the root waits for: nobody may wait for the root.
if annotations["argocd.argoproj.io/ignore-healthcheck"] == "true" then
  return verdict("Healthy", "nobody waits for this Application")
end

local mistake = condition("InvalidSpecError")
if mistake ~= nil then
  return verdict("Degraded", mistake)
end

-- A verdict on another commit or another source is no verdict.
if not isCurrent(sync.comparedTo) then
  return verdict("Progressing", "not compared with its source yet")
end

if operation.phase == "Running" or operation.phase == "Terminating" then
  return waiting("syncing: " .. (operation.message or ""), operation.startedAt)
end
if obj.operation ~= nil then
  return verdict("Progressing", "about to sync")
end

local attempt = operation.syncResult or (operation.operation or {}).sync
if (operation.phase == "Failed" or operation.phase == "Error") and isCurrent(attempt) then
  return verdict("Degraded", "sync failed: " .. (operation.message or operation.phase))
end

if sync.status == "OutOfSync" then
  local refusal = condition("SyncError")
  if refusal ~= nil then
    return verdict("Degraded", refusal)
  end
  local automated = (obj.spec.syncPolicy or {}).automated
  if automated == nil or automated.enabled == false then
    return verdict("Suspended", "waits for a person to sync it")
  end
  if (((operation.operation or {}).sync or {}).selfHealAttemptsCount or 0) >= 3 then
    return verdict("Degraded", "something else keeps changing what it applies")
  end
  return verdict("Progressing", "about to sync")
end
if sync.status ~= "Synced" then
  return verdict("Degraded", condition("ComparisonError") or condition("UnknownError") or "can't be compared")
end

local health = status.health or {}
if health.status == "Healthy" then
  return verdict("Healthy", "synced and healthy")
end
if health.status == "Degraded" then
  return verdict("Degraded", health.message or "degraded")
end
-- A paused rollout or a suspended CronJob is somebody's decision, and nothing to wait for.
if health.status == "Suspended" then
  return verdict("Healthy", "synced; part of it is suspended")
end
return waiting("synced, not healthy yet", operation.finishedAt, health.lastTransitionTime)
