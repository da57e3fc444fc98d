// The picture, and before it what there is to wait for.

import {h, say} from './dom.js';
import {over} from './follow.js';
import {gate} from './gate.js';
import {play} from './player.js';
import {plays} from './words.js';

const TICK = 250;

/** Behind the newest second by more than this, there is a way to it. */
const BEHIND = 3;

/** Of real time. A video that is held for its viewers comes as fast as it plays, a little more or less. */
const SLOW = 0.8;

class VideoScreen extends HTMLElement {
  connectedCallback() {
    this.picture = h('video', {
      class: 'screen__video', muted: true, playsinline: true, preload: 'auto', 'aria-label': 'The video',
    });
    this.picture.muted = true; // there is no sound; a browser lets what is silent start by itself
    this.replaceChildren(h('div', {class: 'screen'}, this.picture,
      this.veil = h('div', {class: 'screen__veil'},
        this.told = h('p', {class: 'screen__told'}),
        this.now = h('button', {type: 'button', class: 'primary', onclick: () => this.start()}, 'Play now')),
      this.newest = h('button', {type: 'button', class: 'screen__newest', hidden: true, onclick: () => this.jump()},
        'To the newest second'),
      this.stall = h('p', {class: 'screen__stall', hidden: true, role: 'status'})));
    this.picture.addEventListener('play', () => this.started());
    this.picture.addEventListener('timeupdate', () => this.moved());
    this.picture.addEventListener('waiting', () => this.stalled(true));
    this.picture.addEventListener('playing', () => this.stalled(false));
    this.ticking = setInterval(() => this.tick(), TICK);
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
    this.player?.detach();
  }

  show(video) {
    // who opens a video that is over looks before playing; who waited for it sees it start
    this.watched ??= !over(video);
    this.video = video;
    this.picture.controls = this.begun || (over(video) && video.frames > 0 && plays(video));
    const never = (over(video) && !video.frames) || !plays(video);
    if (never) {
      this.player?.detach();
      this.player = undefined;
    } else {
      this.player ??= play(this.picture, video.urls.hls);
      this.player.slow(!over(video) && (video.playback.real_time_factor ?? 1) < SLOW);
    }
    this.tick();
    this.moved();
  }

  tick() {
    if (!this.video || this.begun) {
      return;
    }
    const age = (performance.now() - this.video.heard_at) / 1000;
    const restless = this.watched && !matchMedia('(prefers-reduced-motion: reduce)').matches;
    const {start, words, now} = gate(this.video, age, restless);
    say(this.told, words);
    this.now.hidden = !now;
    this.veil.hidden = !words && !(this.watched && this.video.status === 'completed');
    this.veil.classList.toggle('screen__veil--waiting', !now && !over(this.video) && plays(this.video));
    if (start) {
      this.start();
    }
  }

  start() {
    this.picture.play().catch(() => {}); // a browser that refuses leaves the button where it is
  }

  started() {
    this.begun = true;
    this.picture.controls = true;
    const hadFocus = this.veil.contains(document.activeElement);
    this.veil.hidden = true;
    if (hadFocus) {
      this.picture.focus();
    }
  }

  moved() {
    const shown = this.picture.currentTime;
    this.dispatchEvent(new CustomEvent('playhead', {detail: shown}));
    this.newest.hidden = !this.begun || over(this.video) || this.edge() - shown < BEHIND;
  }

  edge() {
    const buffered = this.picture.seekable;
    return buffered.length ? buffered.end(buffered.length - 1) : 0;
  }

  jump() {
    this.picture.currentTime = Math.max(0, this.edge() - 0.5);
    this.picture.focus();
    this.start();
  }

  stalled(waits) {
    this.stall.hidden = !waits || !this.begun || over(this.video);
    say(this.stall, this.stall.hidden ? '' : `Waiting for second ${Math.round(this.picture.currentTime) + 1}`);
  }
}

customElements.define('video-screen', VideoScreen);
