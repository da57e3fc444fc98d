// Writes a video's frames to a file while they are made, over a WebSocket: the header and all batches are the video's file.
// In a browser, append the same bytes to a SourceBuffer. Node has WebSocket from version 22 on; before that it
// needs an option:
//
//     node --experimental-websocket docs/examples/watch_frames.mjs VIDEO_ID video.mp4 [ws://localhost:8080]

import { open } from 'node:fs/promises';

/**
 * Calls back for the header and for every batch, in order and each once, until the video ends. After a broken connection
 * it continues with the next frame. If a callback returns a promise, waits for it before it requests more.
 */
export async function watch(base, id, { header, batch }, tries = 20) {
  let next = 0;
  let begun = false;
  for (; tries > 0; tries--) {
    // One batch at a time: the server sends the next when it is asked.
    const socket = new WebSocket(`${base}/v1/videos/${id}/frames?from_frame=${next}&request=1`);
    socket.binaryType = 'arraybuffer';
    const end = await follow(socket, async (message, bytes) => {
      if (message.type === 'header' && !begun) {
        begun = true;
        await header(message, bytes);
      } else if (message.type === 'batch' && message.first_frame >= next) {
        await batch(message, bytes);
        next = message.first_frame + message.frames;
        if (socket.readyState === WebSocket.OPEN) socket.send('{"request": 1}');
      }
    });
    if (end) return end;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error('the server is gone');
}

/** Hands over each message with its bytes. Returns the message `end`, or nothing if the connection broke before it. */
function follow(socket, take) {
  return new Promise((resolve, reject) => {
    let end;
    let message; // whose bytes are coming
    let bytes;
    let missing = 0;
    let taken = Promise.resolve();
    const whole = () => {
      const [told, content] = [message, bytes];
      taken = taken.then(() => take(told, content));
      taken.catch(reject);
    };
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string') {
        message = JSON.parse(data);
        if (message.type === 'end') end = message;
        if (message.type !== 'header' && message.type !== 'batch') return;
        bytes = new Uint8Array(message.bytes);
        missing = message.bytes;
        if (missing === 0) whole();
      } else {
        bytes.set(new Uint8Array(data), message.bytes - missing);
        missing -= data.byteLength;
        if (missing === 0) whole();
      }
    };
    socket.onclose = () => taken.then(() => resolve(end), reject);
    socket.onerror = () => {}; // close follows
  });
}

const [id, path, base = 'ws://localhost:8080'] = process.argv.slice(2);
if (!path || id === '--help') {
  console.error('usage: watch_frames.mjs VIDEO_ID FILE.mp4 [ws://localhost:8080]');
  process.exit(id === '--help' ? 0 : 2);
}
const file = await open(path, 'w');
const end = await watch(base, id, {
  async header(header, bytes) {
    console.log(`header ${header.width}x${header.height} at ${header.frame_rate}/s, ${header.container}`);
    await file.write(bytes);
  },
  async batch(batch, bytes) {
    console.log(`frames ${batch.first_frame} to ${batch.first_frame + batch.frames - 1}, ${bytes.length} bytes`);
    await file.write(bytes);
  },
});
await file.close();
console.log('end', end.status, end.frames);
