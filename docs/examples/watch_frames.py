#!/usr/bin/env python3
"""Writes a video's frames to a file while they are made, over a WebSocket: the header and all batches are the video's file.

    python3 docs/examples/watch_frames.py VIDEO_ID video.mp4 [http://localhost:8080]

Nothing but Python's standard library, so the WebSocket (RFC 6455) is here as well; with the package `websockets` that part
is two lines. The checksum is not looked at: TCP has one.
"""

import argparse
import base64
import hashlib
import json
import os
import socket
import struct
import sys
import time
import urllib.parse


class Closed(Exception):
    """The connection ended."""


class WebSocket:
    """The client side of a WebSocket, for one thread."""

    TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10

    def __init__(self, base, path):
        address = urllib.parse.urlsplit(base)
        self.socket = socket.create_connection((address.hostname, address.port or 80), timeout=60)
        self.input = self.socket.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {address.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        status = self.input.readline().decode().strip()
        headers = {}
        while line := self.input.readline().decode().strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        accept = base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest())
        if headers.get("sec-websocket-accept") != accept.decode():
            sys.exit(status + " " + self.input.read(int(headers.get("content-length", 0))).decode())

    def messages(self):
        """Yields texts as str, the rest as bytes, until the server closes. Answers pings; they tell it how far we are."""
        message, kind = b"", None
        while True:
            first, second = self._read(2)
            opcode, length = first & 15, second & 127
            if length > 125:
                length = int.from_bytes(self._read(2 if length == 126 else 8), "big")
            payload = self._read(length)
            if opcode == self.PING:
                self._send(self.PONG, payload)
            elif opcode == self.CLOSE:
                raise Closed(f"closed with {int.from_bytes(payload[:2], 'big')}")
            elif opcode <= self.BINARY:
                kind = opcode or kind  # 0 goes on with the message before
                message += payload
                if first & 128:
                    yield message.decode() if kind == self.TEXT else message
                    message = b""

    def text(self, message):
        self._send(self.TEXT, message.encode())

    def close(self):
        self.socket.close()

    def _send(self, opcode, payload):
        """Sends a short frame, masked as a client must."""
        mask = os.urandom(4)
        head = bytes([128 | opcode, 128 | len(payload)]) if len(payload) < 126 else (
            bytes([128 | opcode, 128 | 126]) + struct.pack(">H", len(payload)))
        self.socket.sendall(head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload)))

    def _read(self, length):
        data = self.input.read(length)
        if len(data) < length:
            raise Closed("the connection broke")
        return data


def watch(base, video_id, tries=20):
    """Yields (message, bytes) for the header, for every batch in order and once, and at last for the end."""
    following, begun = 0, False
    while tries:
        try:
            # One batch at a time: the server sends the next when it is asked.
            connection = WebSocket(base, f"/v1/videos/{video_id}/frames?from_frame={following}&request=1")
            try:
                messages = connection.messages()
                for text in messages:
                    message = json.loads(text)
                    data = b""
                    while len(data) < message.get("bytes", 0):
                        data += next(messages)
                    if message["type"] == "header" and not begun:
                        begun = True
                        yield message, data
                    elif message["type"] == "batch" and message["first_frame"] >= following:
                        yield message, data
                        following = message["first_frame"] + message["frames"]
                        connection.text('{"request": 1}')
                    elif message["type"] == "end":
                        yield message, data
                        return
            finally:
                connection.close()
        except (Closed, OSError) as fault:
            print("goes on with frame", following, "after:", fault, file=sys.stderr)
        tries -= 1
        time.sleep(1)
    sys.exit("the server is gone")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("video_id", metavar="VIDEO_ID")
    parser.add_argument("path", metavar="video.mp4", help="the file to write")
    parser.add_argument("base", metavar="URL", nargs="?", default="http://localhost:8080", help="of the server (%(default)s)")
    args = parser.parse_args()
    with open(args.path, "wb") as video:
        for message, data in watch(args.base, args.video_id):
            video.write(data)
            if message["type"] == "header":
                print(f"header {message['width']}x{message['height']} at {message['frame_rate']}/s, {message['container']}")
            elif message["type"] == "batch":
                last = message["first_frame"] + message["frames"] - 1
                print(f"frames {message['first_frame']} to {last}, {len(data)} bytes", flush=True)
            else:
                print("end", message["status"], message["frames"])


if __name__ == "__main__":
    main()
