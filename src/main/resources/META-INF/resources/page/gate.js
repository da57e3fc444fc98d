// When playback begins: by itself as soon as it will not stall, at once if the viewer wants it so.

import {over} from './follow.js';
import {plays, wait} from './words.js';

/**
 * What to do about a video that does not play yet.
 *
 * @param video how it stands
 * @param age seconds since the server said so
 * @param restless whether videos may begin by themselves: not with reduced motion
 * @returns {{start: boolean, words: string, now: boolean}} whether to start now; what to tell the viewer; whether there
 *     is something to play at once
 */
export function gate(video, age, restless) {
  if (!video.frames) {
    return {start: false, words: unseen(video), now: false};
  }
  if (!plays(video)) {
    return {start: false, words: 'Lossless: a browser cannot play it. Download it to watch it.', now: false};
  }
  const rest = video.playback.smooth_start_in;
  if (over(video)) {
    return {start: restless && video.status === 'completed', words: '', now: true}; // not what somebody has just stopped
  }
  if (rest === null) {
    return {start: false, words: 'Measuring how fast it comes', now: true};
  }
  const left = rest - age;
  return left <= 0
    ? {start: restless, words: 'Plays smoothly from here', now: true}
    : {start: false, words: `Smooth in ${wait(left)}`, now: true};
}

function unseen(video) {
  if (over(video)) {
    return video.error?.code === 'cancelled' ? 'Cancelled before its first second' : 'It failed before its first second';
  }
  if (video.status === 'queued' && video.queue_position) {
    return video.queue_position === 1 ? 'One video before it' : `${video.queue_position} videos before it`;
  }
  return 'Imagining the first second';
}
