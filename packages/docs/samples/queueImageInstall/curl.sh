# Status 200 can be an error: look for
# "error": true or "success": false.
curl --fail-with-body --silent --show-error --max-time 60 \
  --user "$CLANFORGE_ACCESS_KEY:$CLANFORGE_SECRET_KEY" \
  --data "accountserviceid=$CLANFORGE_ACCOUNT_SERVICE_ID" \
  --data "mirroring=true" --get \
  "$CLANFORGE_BASE_URL/cfp/v1/imageinstall/1234/queue"
