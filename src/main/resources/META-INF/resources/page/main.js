// The page: an address behind the # for each view, so that a video can be sent to somebody.

import './composer.js';
import './gallery.js';
import './video.js';
import {h} from './dom.js';

const main = document.getElementById('main');

function view() {
  const video = location.hash.match(/^#\/videos\/([0-9a-f-]{36})$/);
  if (video) {
    return h('video-page', {'video-id': video[1]});
  }
  return h('div', {class: 'home'}, h('video-composer'), h('video-gallery'));
}

function show() {
  main.replaceChildren(view());
  window.scrollTo(0, 0);
}

window.addEventListener('hashchange', () => {
  show();
  main.focus({preventScroll: true}); // a reader of the screen begins anew
});
document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault(); // the address behind the # is that of a view
  main.focus();
});
document.title = 'Longtake';
show();
