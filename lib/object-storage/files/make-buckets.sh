# Makes each of $BUCKETS that is not there. Where and with which keys: ADMIN_ENDPOINT_URL and its like, which versitygw reads.
existing=$(versitygw admin list-buckets)
for bucket in $BUCKETS; do
  if printf '%s\n' "$existing" | grep -q "^$bucket  *"; then
    echo "$bucket is there"
  else
    versitygw admin create-bucket --owner "$ADMIN_ACCESS_KEY_ID" --bucket "$bucket"
    echo "$bucket made"
  fi
done
