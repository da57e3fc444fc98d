// What the page asks its server, which is the public API and nothing else. Addresses are relative to the page's own: a proxy
// may have put it below a path.

const VIDEOS = 'v1/videos';

/** A no, as a problem document of RFC 9457 says it. */
export class Refusal extends Error {
  constructor(problem) {
    super(problem.detail ?? problem.title);
    this.status = problem.status;
    this.faults = problem.errors ?? [];
  }
}

async function ask(path, options) {
  const response = await fetch(path, {headers: {Accept: 'application/json'}, ...options});
  if (response.ok) {
    return response.json();
  }
  const problem = await response.json().catch(() => ({title: `the server answered ${response.status}`}));
  throw new Refusal({status: response.status, ...problem});
}

export const models = () => ask('v1/models').then(list => list.data);

export const fetchVideo = id => ask(`${VIDEOS}/${id}`).then(fresh);

export const fetchVideos = (limit, after) => ask(`${VIDEOS}?limit=${limit}${after ? `&after=${after}` : ''}`)
  .then(page => ({...page, data: page.data.map(fresh)}));

export const cancel = id => ask(`${VIDEOS}/${id}/cancel`, {method: 'POST'}).then(fresh);

export const remove = id => ask(`${VIDEOS}/${id}`, {method: 'DELETE'});

/** What is told of time to come grows old: a video says when it was heard. */
export function fresh(video) {
  const base = `${VIDEOS}/${video.id}`;
  const urls = {
    content: `${base}/content`,
    thumbnail: `${base}/content?variant=thumbnail`,
    events: `${base}/events`,
    hls: `${base}/master.m3u8`,
  };
  return {...video, urls, heard_at: performance.now()};
}

/** The same video with other noise. */
export const again = (video, seed) => order({
  prompt: video.prompt,
  negative_prompt: video.negative_prompt,
  model: video.model,
  seconds: video.seconds,
  guidance_scale: video.guidance,
  num_inference_steps: video.steps,
  seed,
}, newKey()).then(fresh);

/** With a key of its own: sending it again after a broken connection orders no second video. */
export function order(request, key) {
  return ask(VIDEOS, {
    method: 'POST',
    headers: {'Content-Type': 'application/json', Accept: 'application/json', 'Idempotency-Key': key},
    body: JSON.stringify(request),
  });
}

export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
