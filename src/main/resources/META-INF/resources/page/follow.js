// A video's events, from how it stands to its end, over lost connections.

import {fresh} from './server.js';

const NEWS = ['accepted', 'stage_done', 'stitched', 'extended', 'late', 'finished', 'failed', 'cancelled'];
const LAST = new Set(['finished', 'failed', 'cancelled']);
const AGAIN = 3000;

/**
 * Tells a listener: standing(video), news(kind, event), lost() when the server cannot be reached, found() when it can be
 * again. Returns what ends it.
 */
export function follow(video, listener) {
  let source;
  let timer;

  function open() {
    source = new EventSource(video.urls.events);
    source.addEventListener('open', () => listener.found());
    source.addEventListener('video', message => {
      const standing = fresh(JSON.parse(message.data));
      listener.standing(standing);
      if (over(standing)) {
        close();
      }
    });
    for (const kind of NEWS) {
      source.addEventListener(kind, message => {
        if (LAST.has(kind)) {
          close();
        }
        listener.news(kind, JSON.parse(message.data));
      });
    }
    source.addEventListener('error', () => {
      listener.lost();
      if (source.readyState === EventSource.CLOSED) { // the browser does not come again after an answer that is an error
        timer = setTimeout(open, AGAIN);
      }
    });
  }

  function close() {
    clearTimeout(timer);
    source.close();
  }

  open();
  return close;
}

export function over(video) {
  return video.status === 'completed' || video.status === 'failed';
}
