#!/usr/bin/env python3
"""Orders a video over HTTP, follows it to its end, and fetches it. Uses only Python's standard library.

    ./longtake up                                                      # in another terminal
    python3 docs/examples/follow_video.py "a drive at night" --seconds 4 -o night.mp4
"""

import argparse
import http.client
import json
import sys
import time
import urllib.error
import urllib.request
import uuid

ENDS = ("finished", "failed", "cancelled")


def order(base, asked, key):
    """Orders a video and returns it. If the key is the same, it is the same video, however often it is sent."""
    request = urllib.request.Request(
        base + "/v1/videos",
        data=json.dumps(asked).encode(),
        headers={"Content-Type": "application/json", "Idempotency-Key": key},
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        sys.exit(json.load(refused)["detail"])  # names field, value and limit


def events(base, video_id, tries=20):
    """Yields (name, data) of every event to the last one, even if the connection breaks, any number of times."""
    seen = None
    while tries:
        request = urllib.request.Request(f"{base}/v1/videos/{video_id}/events")
        if seen:
            request.add_header("Last-Event-ID", seen)
        try:
            with urllib.request.urlopen(request, timeout=60) as stream:  # a heartbeat comes every 15 s
                if stream.status == 204:
                    return
                for event_id, name, data in server_sent_events(stream):
                    seen = event_id or seen
                    yield name, data
                    if name in ENDS or data.get("status") in ("completed", "failed"):
                        return
        except urllib.error.HTTPError:
            raise
        except (OSError, http.client.HTTPException):
            pass
        tries -= 1
        time.sleep(1)
    sys.exit("the server is gone")


def server_sent_events(stream):
    """Events of a stream: lines "id:", "event:", "data:", ended by an empty line. An incomplete event is dropped."""
    event_id, name, data = None, "message", []
    for line in stream:
        line = line.decode().rstrip("\r\n")
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "id":
            event_id = value
        elif field == "event":
            name = value
        elif field == "data":
            data.append(value)
        elif not line:
            if data:
                yield event_id, name, json.loads("\n".join(data))
            name, data = "message", []


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prompt")
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--base-url", default="http://localhost:8080")
    parser.add_argument("--output", "-o", default="video.mp4")
    args = parser.parse_args()
    try:
        follow(args)
    except urllib.error.URLError as fault:
        sys.exit(f"{args.base_url}: {getattr(fault, 'reason', fault)}")


def follow(args):
    video = order(args.base_url, {"prompt": args.prompt, "seconds": args.seconds, "seed": 7}, str(uuid.uuid4()))
    print("video", video["id"], flush=True)
    for name, data in events(args.base_url, video["id"]):
        print("event", name, data.get("frames", data.get("status")), flush=True)

    with urllib.request.urlopen(f"{args.base_url}/v1/videos/{video['id']}/content") as answer:
        content = answer.read()
    with open(args.output, "wb") as file:
        file.write(content)
    print("written", len(content), "bytes")


if __name__ == "__main__":
    main()
