#!/bin/sh
# As Argo CD's script of this name: to it, 1 is no failure of gpg.
gpg "$@" 2>&1
code=$?
[ $code -eq 1 ] && code=0
exit $code
