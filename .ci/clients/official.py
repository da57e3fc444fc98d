"""What the official Python library makes of a server: an order, its status, the list, the file, a deletion, and a refusal."""

import sys
import warnings

from openai import APIStatusError, OpenAI

warnings.simplefilter("ignore", DeprecationWarning)
client = OpenAI(base_url=sys.argv[1], api_key="none is needed", max_retries=0)

video = client.videos.create_and_poll(prompt="a drive", model="drive", seconds="1", size="512x256", poll_interval_ms=10)
print("status", video.status, video.seconds, video.size)
print("listed", [one.id for one in client.videos.list(limit=1)].count(video.id))
client.videos.download_content(video.id).write_to_file(sys.argv[2])
print("deleted", client.videos.delete(video.id).deleted)
try:
    client.videos.create(prompt="a drive", seconds="9999", size="1x1")
except APIStatusError as refusal:
    print("refused", refusal.status_code, refusal.code, refusal.param, refusal.message)
try:
    client.videos.retrieve(video.id)
except APIStatusError as refusal:
    print("refused", refusal.status_code, refusal.code, refusal.param, refusal.message)
