// Every video that is kept, the newest first.

import {h, say} from './dom.js';
import {over} from './follow.js';
import {fetchVideos} from './server.js';
import {ago, standing} from './words.js';

const PAGE = 24;
const LOOK_AGAIN = 3000;

class VideoGallery extends HTMLElement {
  connectedCallback() {
    this.cards = new Map();
    this.replaceChildren(h('section', {class: 'gallery', 'aria-labelledby': 'gallery'},
      h('h2', {id: 'gallery', class: 'gallery__title'}, 'Videos'),
      this.note = h('p', {class: 'gallery__note'}),
      this.list = h('ul', {class: 'gallery__videos'}),
      this.more = h('button', {type: 'button', class: 'gallery__more', hidden: true, onclick: () => this.grow()}, 'Earlier videos')));
    this.shown = PAGE;
    this.look();
  }

  disconnectedCallback() {
    this.left = true;
    clearTimeout(this.timer);
  }

  async look() {
    try {
      const {videos, more} = await this.newest(this.shown);
      this.show(videos);
      this.more.hidden = !more;
      say(this.note, videos.length ? '' : 'None yet. The first one plays while it is being made.');
    } catch (refusal) {
      say(this.note, 'The videos cannot be listed now. Trying again.');
    }
    if (!this.left) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), LOOK_AGAIN);
    }
  }

  async newest(count) {
    const videos = [];
    let more = true;
    while (more && videos.length < count) {
      const page = await fetchVideos(PAGE, videos.at(-1)?.id);
      videos.push(...page.data);
      more = page.has_more;
    }
    return {videos, more};
  }

  grow() {
    this.shown += PAGE;
    clearTimeout(this.timer);
    this.look();
  }

  /** Cards stay the same elements, so that focus stays where it is. */
  show(videos) {
    const cards = videos.map(video => {
      const card = this.cards.get(video.id) ?? new Card(video);
      card.show(video);
      return [video.id, card];
    });
    this.cards = new Map(cards);
    const items = cards.map(([, card]) => card.item);
    if (items.length !== this.list.children.length || items.some((item, i) => item !== this.list.children[i])) {
      this.list.replaceChildren(...items);
    }
  }
}

class Card {
  constructor(video) {
    this.item = h('li', {},
      h('a', {class: 'card', href: `#/videos/${video.id}`},
        this.picture = h('span', {class: 'card__picture'}),
        h('span', {class: 'card__prompt'}, video.prompt ?? 'A video'),
        this.state = h('span', {class: 'card__state'})));
  }

  show(video) {
    if (video.frames && video.container !== 'rgb24' && !this.picture.firstChild) {
      this.picture.append(h('img', {src: video.urls.thumbnail, alt: '', loading: 'lazy', width: 512, height: 256}));
    }
    this.item.dataset.status = video.error?.code ?? video.status;
    this.picture.style.setProperty('--done', over(video) ? 0 : video.progress / 100);
    say(this.state, `${standing(video)} · ${ago(video.created_at)}`);
  }
}

customElements.define('video-gallery', VideoGallery);
