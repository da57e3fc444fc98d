#!/usr/bin/env python3
"""Makes a video with the official OpenAI library; only its base URL is changed.

    pip install openai
    ./longtake up                                              # in another terminal
    python3 docs/examples/openai_sdk.py "a drive at night" --seconds 4 -o night.mp4
"""

import argparse
import sys
import warnings

try:
    from openai import OpenAI, OpenAIError
except ImportError:  # said by main, so that --help needs nothing
    OpenAI = None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prompt")
    parser.add_argument("--seconds", default="4")
    parser.add_argument("--base-url", default="http://localhost:8080/v1")
    parser.add_argument("--output", "-o", default="video.mp4")
    args = parser.parse_args()
    if OpenAI is None:
        sys.exit("the Python package openai is missing: pip install openai")
    warnings.simplefilter("ignore", DeprecationWarning)  # OpenAI retires its own service, not the shape of its API
    try:
        fetch(OpenAI(base_url=args.base_url, api_key="none is needed"), args)
    except OpenAIError as fault:
        sys.exit(f"{args.base_url}: {fault}")


def fetch(client, args):
    video = client.videos.create_and_poll(
        model="drive", prompt=args.prompt, seconds=args.seconds, size="512x256", poll_interval_ms=500
    )
    if video.status != "completed":
        sys.exit(f"{video.id} {video.status}: {video.error}")
    client.videos.download_content(video.id).write_to_file(args.output)
    client.videos.download_content(video.id, variant="thumbnail").write_to_file(args.output + ".jpg")

    newest = client.videos.list(limit=1).data[0]
    print(f"{video.id}: {video.status}, {video.seconds} s of {video.size}, {video.progress} %, in {args.output}")
    print(f"newest of the list: {newest.id}")


if __name__ == "__main__":
    main()
