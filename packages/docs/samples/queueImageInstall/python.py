import base64
import json
import os
import urllib.error
import urllib.parse
import urllib.request

keys = f"{os.environ['CLANFORGE_ACCESS_KEY']}:{os.environ['CLANFORGE_SECRET_KEY']}"
base = os.environ.get("CLANFORGE_BASE_URL", "https://api.multiplay.co.uk")
query = urllib.parse.urlencode({
    "accountserviceid": os.environ["CLANFORGE_ACCOUNT_SERVICE_ID"],
    "mirroring": "true",
})
request = urllib.request.Request(
    f"{base}/cfp/v1/imageinstall/1234/queue?{query}",
    headers={"Authorization": "Basic " + base64.b64encode(keys.encode()).decode()},
)
with urllib.request.urlopen(request, timeout=60) as response:
    job = json.load(response)
if job.get("error") or job.get("success") is False:
    raise SystemExit(f"refused: {job['error_message']}")
print(job["jobstatename"], job.get("versionmirrorid"))
