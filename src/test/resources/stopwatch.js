// Runs before the page does, and writes down when what happened, in milliseconds since the request for a video.
(() => {
  const watch = {marks: {}, stalls: [], told: []};
  window.stopwatch = watch;
  let asked;
  const since = () => performance.now() - asked;
  const mark = name => { watch.marks[name] ??= since(); };

  document.addEventListener('submit', () => { asked = performance.now(); }, true);

  const append = SourceBuffer.prototype.appendBuffer;
  SourceBuffer.prototype.appendBuffer = function (data) {
    this.addEventListener('updateend', () => this.buffered.length && mark('fragment'), {once: true});
    return append.call(this, data);
  };

  let stall;
  const on = (name, hear) => document.addEventListener(name, event => hear(event.target), true);
  on('loadstart', video => video.requestVideoFrameCallback(() => mark('picture')));
  on('playing', () => {
    mark('playing');
    if (stall) {
      watch.stalls.push({at: stall.at, millis: performance.now() - stall.from});
      stall = undefined;
    }
  });
  on('waiting', video => {
    if (watch.marks.playing && !video.ended) {
      stall = {at: video.currentTime, from: performance.now()};
    }
  });
  on('ended', () => mark('ended'));

  let told = '';
  setInterval(() => {
    const words = document.querySelector('.screen__told')?.textContent ?? '';
    if (asked && words !== told) {
      told = words;
      watch.told.push({words, after: since()});
    }
  }, 100);
})();
