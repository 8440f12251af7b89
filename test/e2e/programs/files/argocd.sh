#!/bin/sh
# Stands for `argocd admin redis-initial-password`: the proof makes that Secret with the token of the same ServiceAccount.
[ "$*" = 'admin redis-initial-password' ] && exit 0
echo "argocd $*: not in the rig" >&2
exit 1
