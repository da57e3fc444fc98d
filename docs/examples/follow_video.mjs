// Orders a video over HTTP, follows it to its end, and fetches it. Needs only fetch: Node 18 or newer. In a browser,
// leave out the lines that write the file. (A browser's EventSource follows events too, and reconnects by itself.)
//
//     ./longtake up                                                     # in another terminal
//     node docs/examples/follow_video.mjs "a drive at night" night.mp4

import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';

/** Orders a video and returns it. If the key is the same, it is the same video, however often the request is sent. */
export async function order(base, request, key) {
  const answer = await fetch(`${base}/v1/videos`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify(request),
  });
  const document = await answer.json();
  if (!answer.ok) throw new Error(document.detail); // names field, value and limit
  return document;
}

/** Yields every event { name, data } to the last one, even if the connection breaks, any number of times. */
export async function* events(base, id, tries = 20) {
  for (let seen; tries > 0; tries--) {
    try {
      const answer = await fetch(`${base}/v1/videos/${id}/events`, { headers: seen ? { 'Last-Event-ID': seen } : {} });
      if (answer.status === 204) return;
      if (!answer.ok) throw new Refused((await answer.json()).detail);
      for await (const event of serverSentEvents(answer.body)) {
        seen = event.id ?? seen;
        yield event;
        if (['finished', 'failed', 'cancelled'].includes(event.name)) return;
        if (['completed', 'failed'].includes(event.data.status)) return;
      }
    } catch (fault) {
      if (fault instanceof Refused) throw fault;
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error('the server is gone');
}

class Refused extends Error {}

/** Events of a stream: lines "id:", "event:", "data:", ended by an empty line. An incomplete event is dropped. */
async function* serverSentEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    let text = '';
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      text += next.value;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = parse(text.slice(0, end));
        text = text.slice(end + 2);
        if (event) yield event;
      }
    }
  } finally {
    await reader.cancel();
  }
}

/** The event in these lines; nothing if they are a comment, such as a heartbeat. */
function parse(lines) {
  const event = { name: 'message' };
  const data = [];
  for (const line of lines.split('\n')) {
    const [, field, value] = line.match(/^([^:]*):? ?(.*)$/);
    if (field === 'id') event.id = value;
    if (field === 'event') event.name = value;
    if (field === 'data') data.push(value);
  }
  return data.length ? { ...event, data: JSON.parse(data.join('\n')) } : undefined;
}

const [prompt, file, base = 'http://localhost:8080', seconds = '4'] = process.argv.slice(2);
if (!file || prompt === '--help') {
  console.error('usage: follow_video.mjs PROMPT FILE.mp4 [http://localhost:8080 [SECONDS]]');
  process.exit(prompt === '--help' ? 0 : 2);
}
const video = await order(base, { prompt, seconds: Number(seconds), seed: 7 }, randomUUID());
console.log('video', video.id);
for await (const { name, data } of events(base, video.id)) {
  console.log('event', name, data.frames ?? data.status);
}
const content = new Uint8Array(await (await fetch(`${base}/v1/videos/${video.id}/content`)).arrayBuffer());
await writeFile(file, content);
console.log('written', content.length, 'bytes');
