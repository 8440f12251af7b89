#!/bin/sh
# Configures one Redis and its Sentinel, before they start. Nothing outlives a pod, so who is master is asked of the
# Sentinels of the other pods; where none answers, as at the first start, it is the first pod.
#
# SELF: host of this pod; PEERS: hosts of all pods, separated by spaces; QUORUM: how many Sentinels must agree that the
# master is gone; REDISCLI_AUTH: the password of both programs.
set -eu
umask 077

# The master that the Sentinel of one pod knows, or nothing.
master_known_to() {
  timeout 3 redis-cli -h "$1" -p 26379 sentinel get-master-addr-by-name argocd 2>/dev/null | head -n 1
}

find_master() {
  for _ in 1 2 3; do
    for peer in $PEERS; do
      if [ "$peer" = "$SELF" ]; then continue; fi
      answer=$(master_known_to "$peer" || true)
      # An error message is an answer too.
      case " $PEERS " in
        *" ${answer:-nobody} "*)
          echo "$answer"
          return
          ;;
      esac
    done
    sleep 2
  done
  echo "${PEERS%% *}"
}

master=$(find_master)
echo "master: $master"

cat /config/redis.conf > /data/redis.conf
cat >> /data/redis.conf <<END
requirepass $REDISCLI_AUTH
masterauth $REDISCLI_AUTH
replica-announce-ip $SELF
END
if [ "$master" != "$SELF" ]; then echo "replicaof $master 6379" >> /data/redis.conf; fi

# A Sentinel that came back under another id would be counted as one more, until no majority of them is left.
cat > /data/sentinel.conf <<END
sentinel myid $(printf '%s' "$SELF" | sha1sum | cut -c 1-40)
requirepass $REDISCLI_AUTH
sentinel resolve-hostnames yes
sentinel announce-hostnames yes
sentinel announce-ip $SELF
sentinel monitor argocd $master 6379 $QUORUM
sentinel auth-pass argocd $REDISCLI_AUTH
END
cat /config/sentinel.conf >> /data/sentinel.conf

# Sentinel does not start as long as the name of the master is unknown.
for _ in $(seq 60); do
  if getent hosts "$master" > /dev/null; then exit 0; fi
  sleep 1
done
echo "no address for $master" >&2
exit 1
