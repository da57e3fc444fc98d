// Numbers and states as people read them.

export function seconds(value) {
  const rounded = Math.round(value * 10) / 10;
  if (rounded < 60) {
    return `${rounded} s`;
  }
  const minutes = Math.floor(rounded / 60);
  const rest = Math.round(rounded % 60);
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** What to wait for is told in whole seconds, never too few. */
export function wait(value) {
  return seconds(Math.max(1, Math.ceil(value)));
}

export function made(video) {
  return video.frame_rate ? video.frames / video.frame_rate : 0;
}

export function length(video) {
  return Number(video.seconds);
}

export function standing(video) {
  if (video.status === 'queued') {
    return video.queue_position ? `Queued, ${videos(video.queue_position)} before it` : 'Next in the queue';
  }
  if (video.status === 'in_progress') {
    return `${seconds(made(video))} of ${seconds(length(video))}`;
  }
  if (video.status === 'completed') {
    return seconds(length(video));
  }
  const end = video.error?.code === 'cancelled' ? 'Cancelled' : 'Failed';
  return video.frames ? `${end} after ${seconds(made(video))}` : end;
}

function videos(count) {
  return count === 1 ? '1 video' : `${count} videos`;
}

export function ago(unixSeconds, now = Date.now()) {
  const past = Math.max(0, now / 1000 - unixSeconds);
  const format = new Intl.RelativeTimeFormat('en', {numeric: 'auto'});
  const [unit, size] = [['day', 86400], ['hour', 3600], ['minute', 60]].find(([, size]) => past >= size) ?? [];
  return unit ? format.format(-Math.floor(past / size), unit) : 'just now';
}

const STAGES = {
  keyframes: 'Keyframes',
  interpolate: 'Interpolation',
  decode: 'Decoding',
  upsample: 'Upsampling',
};

export function stage(name) {
  return STAGES[name] ?? name;
}

export function fileName(video) {
  const plain = (video.prompt ?? '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60);
  return `${plain || 'video'}${ENDINGS[video.container] ?? '.mp4'}`;
}

const ENDINGS = {mp4: '.mp4', matroska: '.mkv', rgb24: '.rgb'};

/** Whether a browser can play it: what is lossless is for other programs. */
export function plays(video) {
  return !video.container || video.container === 'mp4';
}
