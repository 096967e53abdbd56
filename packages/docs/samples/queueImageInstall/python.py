import base64
import json
import os
from urllib.parse import urlencode
from urllib.request import Request, urlopen

env = os.environ
keys = f"{env['CLANFORGE_ACCESS_KEY']}:{env['CLANFORGE_SECRET_KEY']}"
query = urlencode({
    "accountserviceid": env["CLANFORGE_ACCOUNT_SERVICE_ID"],
    "mirroring": "true",
})
path = "/cfp/v1/imageinstall/1234/queue"
basic = base64.b64encode(keys.encode()).decode()
request = Request(
    f"{env['CLANFORGE_BASE_URL']}{path}?{query}",
    headers={"Authorization": f"Basic {basic}"},
)

# Raises HTTPError for 4xx and 5xx; 200 can be an error too.
with urlopen(request, timeout=60) as response:
    job = json.load(response)
if job.get("error") or job.get("success") is False:
    raise SystemExit(f"refused: {job.get('error_message')}")
print(f"{job['jobstatename']}, {job['jobprogress']} %")
