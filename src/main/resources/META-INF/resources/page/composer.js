// Where a video is asked for. What is wrong with a request is said by the server, and shown beside its field.

import {h, say} from './dom.js';
import {prepare} from './player.js';
import {models, newKey, order, Refusal} from './server.js';

const FIELDS = ['prompt', 'seconds', 'seed', 'model'];
const SEEDS = 1_000_000;

class VideoComposer extends HTMLElement {
  connectedCallback() {
    prepare();
    this.form = h('form', {class: 'composer', novalidate: true, 'aria-labelledby': 'compose', onsubmit: event => this.send(event)},
      h('h1', {id: 'compose', class: 'composer__title'}, 'What should the video show?'),
      this.field('prompt', 'Prompt', h('textarea', {
        rows: 2, placeholder: 'a drive at night in heavy traffic', autocomplete: 'off', spellcheck: 'true',
        onkeydown: event => this.sendByKey(event),
      })),
      h('div', {class: 'composer__row'},
        this.field('seconds', 'Length', h('input', {type: 'number', min: 1, step: 1, value: 10, inputmode: 'decimal'}), 'seconds'),
        this.field('seed', 'Seed', h('input', {inputmode: 'numeric', autocomplete: 'off', value: random()}), this.die()),
        this.field('model', 'Model', h('select')),
        this.button = h('button', {class: 'primary', type: 'submit'}, 'Make the video')),
      // boxes, a storyboard and personas will be conditions of a video; CSS hides the place while it is empty
      h('div', {class: 'composer__conditions', 'data-place': 'conditions'}),
      this.note = h('p', {class: 'composer__note', role: 'alert'}));
    this.key = newKey();
    this.replaceChildren(this.form);
    this.loadModels();
  }

  field(name, label, input, after) {
    input.id = input.name = name;
    input.setAttribute('aria-describedby', `${name}-fault`);
    input.addEventListener('input', () => this.changed(name));
    return h('div', {class: `field field--${name}`},
      h('label', {for: name}, label),
      h('span', {class: 'field__input'}, input, typeof after === 'string' ? h('span', {class: 'unit'}, after) : after),
      h('p', {class: 'fault', id: `${name}-fault`}));
  }

  die() {
    return h('button', {
      type: 'button', class: 'die', 'aria-label': 'Another seed', title: 'Another seed',
      onclick: () => {
        this.form.elements.seed.value = random();
        this.changed('seed');
      },
    }, h('img', {src: '/page/die.svg', alt: '', width: 20, height: 20}));
  }

  async loadModels() {
    const select = this.form.elements.model;
    try {
      const all = await models();
      select.replaceChildren(...all.map(model =>
        h('option', {value: model.id, selected: model.standard, title: model.description}, model.id)));
    } catch (refusal) {
      say(this.note, refusal.message);
    }
  }

  sendByKey(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.form.requestSubmit();
    }
  }

  async send(event) {
    event.preventDefault();
    FIELDS.forEach(field => this.clear(field));
    this.button.disabled = true;
    try {
      const video = await order(this.request(), this.key);
      location.hash = `#/videos/${video.id}`;
    } catch (refusal) {
      this.refused(refusal);
    } finally {
      this.button.disabled = false;
    }
  }

  /** Numbers go as they were written: the server says what is wrong with them, and a seed may be larger than ours. */
  request() {
    const written = Object.fromEntries(FIELDS.map(field => [field, this.form.elements[field].value.trim()]));
    return Object.fromEntries(Object.entries(written).filter(([field, value]) => value !== '' || field !== 'model'));
  }

  refused(refusal) {
    if (!(refusal instanceof Refusal)) {
      say(this.note, 'The server cannot be reached. Nothing is lost: send it again.');
      return;
    }
    const known = FIELDS.flatMap(field => refusal.faults.filter(fault => fault.field === field));
    known.forEach(fault => this.blame(fault.field, fault.detail));
    say(this.note, known.length ? '' : refusal.message);
    this.form.elements[known[0]?.field ?? 'prompt'].focus();
  }

  blame(field, detail) {
    const label = this.form.elements[field].labels[0].textContent;
    this.form.elements[field].setAttribute('aria-invalid', 'true');
    say(this.querySelector(`#${field}-fault`), `${label} ${detail}`);
  }

  /** Another body is another request. */
  changed(field) {
    this.clear(field);
    this.key = newKey();
  }

  clear(field) {
    this.form.elements[field].removeAttribute('aria-invalid');
    say(this.querySelector(`#${field}-fault`), '');
    say(this.note, '');
  }
}

function random() {
  return Math.floor(Math.random() * SEEDS);
}

customElements.define('video-composer', VideoComposer);
