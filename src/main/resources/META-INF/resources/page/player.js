// Lets a video element play a video's HLS: by itself where the browser can, otherwise with hls.js, from our own server.

const LIBRARY = '../webjars/hls.js/1.4.12/dist/hls.light.min.js';
const TYPE = 'application/vnd.apple.mpegurl';

/** The server keeps a request for what is not there yet for half a minute; a video in the queue is asked for again. */
const PATIENT = {
  default: {
    maxTimeToFirstByteMs: 40_000,
    maxLoadTimeMs: 60_000,
    timeoutRetry: {maxNumRetry: 1000, retryDelayMs: 0, maxRetryDelayMs: 0},
    errorRetry: {maxNumRetry: 1000, retryDelayMs: 1000, maxRetryDelayMs: 2000},
  },
};

/** Seconds of video that are fetched ahead of the picture. */
const AHEAD = 60;
const ALL = 3600;

/**
 * Chromium counts in whole microseconds and drops the rest, of each frame's beginning and of its length. A video of five seconds ends
 * at 4.999999 by that, and the controls, which drop the rest too, show four.
 */
const DROPPED = 0.000001;

/** Fetches what will be needed, while nothing else is to be done: once a video is ordered, the processors are busy with it. */
export function prepare() {
  if ('MediaSource' in window) {
    import(LIBRARY).catch(() => {}); // play() will tell
  }
}

/** Returns what detaches it, and what says whether the video comes more slowly than it plays. */
export function play(video, address) {
  if (!('MediaSource' in window) && video.canPlayType(TYPE)) {
    video.src = address;
    return {detach: () => video.removeAttribute('src'), slow: () => {}};
  }
  let hls;
  let gone = false;
  let ahead = AHEAD;
  import(LIBRARY).then(() => {
    if (!gone) {
      hls = attach(video, address, ahead);
    }
  });
  return {
    detach() {
      gone = true;
      hls?.destroy();
      hls = undefined;
    },
    // what a viewer must wait for is fetched as it comes: a video is held for who fetches no more of it
    slow(slow) {
      ahead = slow ? ALL : AHEAD;
      if (hls) {
        hls.config.maxBufferLength = ahead;
      }
    },
  };
}

function attach(video, address, ahead) {
  const hls = new window.Hls({
    enableWorker: false, // nothing to convert: the segments are what a MediaSource takes
    lowLatencyMode: true,
    startPosition: 0,
    backBufferLength: 120,
    maxBufferLength: ahead,
    maxMaxBufferLength: ALL,
    manifestLoadPolicy: PATIENT,
    playlistLoadPolicy: PATIENT,
    fragLoadPolicy: PATIENT,
  });
  hls.on(window.Hls.Events.ERROR, (event, error) => {
    if (!error.fatal) {
      return;
    }
    if (error.type === window.Hls.ErrorTypes.MEDIA_ERROR) {
      hls.recoverMediaError();
    } else if (!error.response || error.response.code >= 500) { // of what the server has not, there is nothing to wait for
      setTimeout(() => hls.levels.length ? hls.startLoad() : hls.loadSource(address), 2000);
    }
  });
  hls.on(window.Hls.Events.BUFFER_CREATED, (event, {tracks}) => {
    tracks.video.buffer.timestampOffset = DROPPED;
  });
  hls.loadSource(address);
  hls.attachMedia(video);
  return hls;
}
