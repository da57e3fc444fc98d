// How a video comes to be, on its own time line: a track for each stage, what is done in it, and what is before it.

import {h, say} from './dom.js';
import {over} from './follow.js';
import {seconds, stage} from './words.js';

class VideoTracks extends HTMLElement {
  connectedCallback() {
    this.rows = new Map();
    this.workers = new Map();
    this.names = '';
    this.replaceChildren(h('section', {class: 'tracks', 'aria-label': 'How the video is made'},
      this.list = h('ol', {class: 'tracks__rows'}),
      h('p', {class: 'tracks__scale', 'aria-hidden': 'true'}, h('span', {}, '0'), this.end = h('span')),
      this.makers = h('p', {class: 'tracks__workers'})));
  }

  show(video) {
    this.video = video;
    const total = video.total_frames || 1;
    const rate = video.frame_rate || 1;
    say(this.end, seconds(Number(video.seconds)));
    this.arrange(video.stages.map(each => each.name));
    // the next keyframes are always asked for; every other stage waits for the one before it
    let before = (video.stages[0]?.frames ?? 0) + rate;
    for (const {name, frames} of [...video.stages, {name: 'video', frames: video.frames}]) {
      const ready = over(video) ? frames : Math.min(total, Math.max(before, frames));
      this.fill(this.rows.get(name), frames, ready, total, rate);
      before = frames;
    }
    say(this.makers, over(video) ? '' : this.where());
  }

  /** The video first, and below it the stages that feed it, the last one first. */
  arrange(names) {
    if (this.rows.size === 0 || this.names !== names.join()) {
      this.names = names.join();
      this.rows = new Map([['video', this.row('video', 'In the video')], ...names.map(name => [name, this.row(name, stage(name))]).reverse()]);
      this.list.replaceChildren(...[...this.rows.values()].map(row => row.item));
    }
  }

  /** Who did a stage's last segment. */
  who(name, worker) {
    if (worker) {
      this.workers.set(name, worker);
    }
  }

  /** Each worker with the stages whose last segment it did. */
  where() {
    const names = [...new Set(this.workers.values())].sort();
    return names.map(worker => `${worker}: ${[...this.workers].filter(([, by]) => by === worker)
      .map(([name]) => stage(name).toLowerCase()).join(', ')}`).join('; ');
  }

  /** @param shown seconds of video before the frame on the screen */
  playhead(shown) {
    const total = Number(this.video?.seconds ?? 0);
    this.style.setProperty('--playhead', total ? Math.min(1, shown / total) : 0);
    this.classList.toggle('tracks--playing', shown > 0);
  }

  /** @param ready frames that the stage before has done: those it has not are waiting here or in work */
  fill(row, done, ready, total, rate) {
    row.bar.style.setProperty('--done', done / total);
    row.bar.style.setProperty('--ready', ready / total);
    const state = this.state(row.name, done, ready, total, rate);
    row.bar.setAttribute('aria-valuenow', Math.round(100 * done / total));
    row.bar.setAttribute('aria-valuetext', `${seconds(done / rate)} done, ${state}`);
    say(row.state, state);
    row.item.dataset.state = done >= total ? 'done' : ready > done ? 'working' : 'idle';
  }

  state(name, done, ready, total, rate) {
    if (done >= total) {
      return 'done';
    }
    if (over(this.video) || name === 'video') {
      return seconds(done / rate);
    }
    return ready > done ? `${seconds((ready - done) / rate)} in work` : 'waits';
  }

  row(name, label) {
    const bar = h('div', {
      class: 'track__bar', role: 'progressbar', 'aria-label': label, 'aria-valuemin': 0, 'aria-valuemax': 100,
    });
    const state = h('span', {class: 'track__end'});
    const item = h('li', {class: `track track--${name}`},
      h('span', {class: 'track__name'}, label), bar, state);
    return {name, item, bar, state};
  }
}

customElements.define('video-tracks', VideoTracks);
