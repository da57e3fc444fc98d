// The page: an address behind the # for each view, so that a film can be sent to somebody.

import './composer.js';
import './gallery.js';
import './film.js';
import {h} from './dom.js';

const main = document.getElementById('main');

function view() {
  const film = location.hash.match(/^#\/videos\/([0-9a-f-]{36})$/);
  if (film) {
    return h('film-page', {'video-id': film[1]});
  }
  return h('div', {class: 'home'}, h('film-composer'), h('film-gallery'));
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
