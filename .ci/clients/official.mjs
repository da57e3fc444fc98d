// What the official Node library makes of a server: an order, its status, the list, the file, a deletion, and a refusal.

import {writeFile} from 'node:fs/promises';
import process from 'node:process';
import OpenAI from 'openai';

const [baseURL, file] = process.argv.slice(2);
const client = new OpenAI({baseURL, apiKey: 'none is needed', maxRetries: 0});

const refused = refusal => console.log('refused', refusal.status, refusal.code, refusal.param, refusal.message);

let video = await client.videos.create({prompt: 'a drive', model: 'drive', seconds: '1', size: '512x256'});
while (video.status === 'queued' || video.status === 'in_progress') {
  video = await client.videos.retrieve(video.id);
}
console.log('status', video.status, video.seconds, video.size);
let listed = 0;
for await (const one of client.videos.list({limit: 1})) {
  listed += one.id === video.id;
}
console.log('listed', listed);
await writeFile(file, Buffer.from(await (await client.videos.downloadContent(video.id)).arrayBuffer()));
console.log('deleted', (await client.videos.delete(video.id)).deleted);
await client.videos.create({prompt: 'a drive', seconds: '9999', size: '1x1'}).catch(refused);
await client.videos.retrieve(video.id).catch(refused);
