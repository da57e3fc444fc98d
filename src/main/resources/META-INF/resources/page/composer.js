// Where a video is asked for. What is wrong with a request is said by the server, and shown beside its field.

import {h, say} from './dom.js';
import {prepare} from './player.js';
import {randomSeed} from './seeds.js';
import {models, newKey, order, Refusal} from './server.js';
import {knows, unknownWords} from './vocabulary.js';

const FIELDS = ['prompt', 'seconds', 'seed', 'model'];
const LOOK_AGAIN = 3000;

/** Shown where the model knows their words. */
const EXAMPLES = [
  'a drive at night in heavy traffic',
  'an empty road in fog',
  'a rainy evening on a winding road',
  'a sunny morning drive with a few cars',
];

class VideoComposer extends HTMLElement {
  connectedCallback() {
    prepare();
    this.form = h('form', {class: 'composer', novalidate: true, 'aria-labelledby': 'compose', onsubmit: event => this.send(event)},
      h('h1', {id: 'compose', class: 'composer__title'}, 'What should the video show?'),
      this.field('prompt', 'Prompt', h('textarea', {
        rows: 2, placeholder: 'a drive at night in heavy traffic', autocomplete: 'off', spellcheck: 'true',
        onkeydown: event => this.sendByKey(event),
      })),
      this.unknown = h('p', {class: 'composer__unknown', role: 'status'}),
      h('div', {class: 'composer__row'},
        this.field('seconds', 'Length', h('input', {type: 'number', min: 1, step: 1, value: 10, inputmode: 'decimal'}), 'seconds'),
        this.field('seed', 'Seed', h('input', {inputmode: 'numeric', autocomplete: 'off', value: randomSeed()}), this.die()),
        this.field('model', 'Model', h('select')),
        this.button = h('button', {class: 'primary', type: 'submit'}, 'Make the video')),
      this.examples = h('p', {class: 'composer__examples', 'aria-label': 'Example prompts', role: 'group', hidden: true}),
      this.words = h('details', {class: 'composer__words', hidden: true},
        this.wordCount = h('summary'), this.wordList = h('p')),
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
        this.form.elements.seed.value = randomSeed();
        this.changed('seed');
      },
    }, h('img', {src: 'page/die.svg', alt: '', width: 20, height: 20}));
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  /** A server that starts again has its models soon. */
  async loadModels() {
    const select = this.form.elements.model;
    try {
      const all = await models();
      this.models = new Map(all.map(model => [model.id, model]));
      select.replaceChildren(...all.map(model =>
        h('option', {value: model.id, selected: model.standard, title: model.description}, model.id)));
      say(this.note, '');
      this.showWords();
    } catch (refusal) {
      say(this.note, 'The server does not answer. Trying again.');
      this.timer = setTimeout(() => this.loadModels(), LOOK_AGAIN);
    }
  }

  /** What the chosen model understands; nothing of a model that makes words of their parts. */
  showWords() {
    const words = this.models?.get(this.form.elements.model.value)?.words ?? null;
    const examples = EXAMPLES.filter(example => words && knows(words, example));
    this.examples.hidden = examples.length === 0;
    this.examples.replaceChildren(...examples.map(example =>
      h('button', {type: 'button', class: 'example', onclick: () => this.take(example)}, example)));
    this.words.hidden = !words;
    if (words) {
      say(this.wordCount, `The ${words.length} words that this model knows`);
      say(this.wordList, words.join(', '));
    }
    this.showUnknown(words);
  }

  showUnknown(words) {
    const unknown = words ? unknownWords(words, this.form.elements.prompt.value) : [];
    say(this.unknown, unknown.length === 0 ? '' : `Words that the model does not know, and passes over: ${unknown.join(', ')}`);
  }

  take(example) {
    this.form.elements.prompt.value = example;
    this.changed('prompt');
    this.form.elements.prompt.focus();
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
    if (field === 'model' || field === 'prompt') {
      this.showWords();
    }
  }

  clear(field) {
    this.form.elements[field].removeAttribute('aria-invalid');
    say(this.querySelector(`#${field}-fault`), '');
    say(this.note, '');
  }
}

customElements.define('video-composer', VideoComposer);
