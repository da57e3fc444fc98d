// One video: it plays, below it grows, and what can be done with it.

import './screen.js';
import './tracks.js';
import {h, say} from './dom.js';
import {follow, over} from './follow.js';
import {randomSeed} from './seeds.js';
import {again, cancel, fetchVideo, Refusal, remove} from './server.js';
import * as words from './words.js';

const LOOK_AGAIN = 2000;
const UNREACHED = 'The server does not answer. Trying again.';

class VideoPage extends HTMLElement {
  connectedCallback() {
    this.screen = h('video-screen');
    this.tracks = h('video-tracks');
    this.screen.addEventListener('playhead', event => this.tracks.playhead(event.detail));
    this.replaceChildren(
      h('article', {class: 'video', 'aria-labelledby': 'video-title'},
        h('div', {class: 'video__screen'}, this.screen),
        h('header', {class: 'video__head'},
          this.heading = h('h1', {id: 'video-title', class: 'video__title'}),
          this.details = h('p', {class: 'video__details'})),
        h('div', {class: 'video__actions'}, ...this.actions()),
        h('div', {class: 'video__making'}, this.facts = h('dl', {class: 'facts'}), this.tracks),
        // a video's storyboard, boxes and branches will stand beside it; CSS hides the place while it is empty
        h('aside', {class: 'video__beside', 'data-place': 'beside', 'aria-label': 'More about this video'})),
      this.trouble = h('p', {class: 'video__trouble', role: 'alert'}),
      this.news = h('p', {class: 'unseen', role: 'status'}));
    this.load();
  }

  disconnectedCallback() {
    this.leave();
    document.title = 'Longtake';
  }

  leave() {
    this.left = true;
    this.unfollow?.();
    clearTimeout(this.timer);
  }

  actions() {
    this.stop = h('button', {type: 'button', onclick: () => this.act(cancel)}, 'Cancel');
    this.download = h('a', {class: 'button', hidden: true}, 'Download');
    this.asked = h('dialog', {class: 'asked', 'aria-labelledby': 'asked'},
      h('p', {id: 'asked'}, 'Delete this video for good?'),
      h('form', {method: 'dialog', class: 'asked__answers'},
        h('button', {value: 'keep'}, 'Keep it'),
        h('button', {value: 'delete', class: 'danger'}, 'Delete')));
    this.asked.addEventListener('close', () => this.answered(this.asked.returnValue));
    this.another = h('button', {type: 'button', hidden: true, onclick: () => this.again()}, 'Again with another seed');
    return [this.stop, this.download, this.another,
      h('button', {type: 'button', class: 'quiet', onclick: () => this.ask()}, 'Delete'), this.asked];
  }

  async load() {
    try {
      const video = await fetchVideo(this.getAttribute('video-id'));
      if (this.left) {
        return;
      }
      say(this.trouble, '');
      this.show(video);
      this.unfollow = follow(video, {
        standing: now => {
          this.dataset.follows = ''; // from here on nothing is missed
          this.show(now);
        },
        news: (kind, event) => this.hear(kind, event),
        lost: () => say(this.trouble, UNREACHED),
        found: () => say(this.trouble, ''),
      });
      this.lookAgain();
    } catch (refusal) {
      if (passing(refusal) && !this.left) {
        say(this.trouble, UNREACHED);
        this.timer = setTimeout(() => this.load(), LOOK_AGAIN);
      } else {
        this.missing(refusal);
      }
    }
  }

  /** Deleted here or elsewhere, or never made. */
  missing(refusal) {
    this.leave();
    const unknown = refusal instanceof Refusal && refusal.status === 404;
    say(this.heading, unknown ? 'There is no such video' : 'The video cannot be shown');
    say(this.details, '');
    this.classList.add('video-page--missing');
    this.screen.remove();
    say(this.trouble, refusal.message);
  }

  show(video) {
    this.video = video;
    document.title = `${video.prompt ?? 'Video'} · Longtake`;
    say(this.heading, video.prompt ?? 'A video');
    say(this.details, [words.seconds(words.length(video)), `seed ${video.seed ?? 'unknown'}`, video.model,
      video.size?.replace('x', ' × '), words.ago(video.created_at)].filter(Boolean).join(' · '));
    this.stop.hidden = over(video);
    this.another.hidden = !video.prompt;
    this.download.hidden = !video.frames;
    this.download.href = video.urls.content;
    this.download.download = words.fileName(video);
    say(this.download, over(video) ? 'Download' : 'Download so far');
    this.showFacts(video);
    this.tracks.show(video);
    this.screen.show(video);
    say(this.news, this.announcement(video));
  }

  showFacts(video) {
    const {first_picture_after: first, real_time_factor: pace} = video.playback;
    const facts = [
      ['State', this.state(video)],
      ['First picture', first === null ? '–' : `after ${words.seconds(first)}`],
      ['Pace', pace === null ? '–' : `${pace.toFixed(2)} × real time`],
    ];
    this.facts.replaceChildren(...facts.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
  }

  state(video) {
    if (video.error && video.error.code !== 'cancelled') {
      return `Failed: ${video.error.message}`;
    }
    return video.status === 'completed' ? 'Complete' : words.standing(video);
  }

  /** A few words at a few moments: a reader of the screen must not hear every second of it. */
  announcement(video) {
    if (over(video)) {
      return `The video is over. ${this.state(video)}`;
    }
    if (!video.frames) {
      return words.standing(video);
    }
    const quarter = Math.floor(video.progress / 25) * 25;
    return quarter ? `${quarter} percent of the video can be watched` : 'The first second can be watched';
  }

  hear(kind, event) {
    if (kind === 'stage_done') {
      const stages = this.video.stages.map(stage => stage.name === event.stage ? {...stage, frames: event.frames} : stage);
      this.tracks.who(event.stage, event.message);
      this.show({...this.video, stages, status: 'in_progress', queue_position: null});
    } else {
      this.look();
    }
  }

  /** The server knows pace and wait; the news of the end may come before the last second of video. */
  async look() {
    try {
      const video = await fetchVideo(this.video.id);
      if (!this.left) {
        this.show(video);
        if (this.trouble.textContent === UNREACHED) {
          say(this.trouble, '');
        }
      }
    } catch (refusal) {
      if (refusal instanceof Refusal && refusal.status === 404) {
        this.missing(refusal);
      } else {
        say(this.trouble, UNREACHED);
      }
    }
  }

  /** A queue moves without news of this video, and the last second may come after the news of the end. */
  lookAgain() {
    this.timer = setTimeout(async () => {
      if (!this.ended || this.trouble.textContent === UNREACHED) {
        this.ended = over(this.video); // and one look more
        await this.look();
      }
      if (!this.left) {
        this.lookAgain();
      }
    }, LOOK_AGAIN);
  }

  async act(action) {
    try {
      this.show(await action(this.video.id));
    } catch (refusal) {
      this.refused(refusal);
    }
  }

  async again() {
    this.another.disabled = true;
    try {
      const video = await again(this.video, randomSeed());
      location.hash = `#/videos/${video.id}`;
    } catch (refusal) {
      this.refused(refusal);
    } finally {
      this.another.disabled = false;
    }
  }

  /** What the server says; a server that is not there says nothing, and is asked again. */
  refused(refusal) {
    say(this.trouble, passing(refusal) ? UNREACHED : refusal.message);
  }

  ask() {
    this.asked.returnValue = 'keep';
    this.asked.showModal();
  }

  async answered(answer) {
    if (answer !== 'delete') {
      return;
    }
    try {
      await remove(this.video.id);
      location.hash = '#/';
    } catch (refusal) {
      this.refused(refusal);
    }
  }
}

/** Whether it may be otherwise in a moment: the server is not there, starts, or waits for its Kafka. */
function passing(refusal) {
  return !(refusal instanceof Refusal) || refusal.status >= 500;
}

customElements.define('video-page', VideoPage);
