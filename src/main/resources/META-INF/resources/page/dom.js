// Elements in one expression. Text is always text: nothing that a prompt says can become markup.

export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

/** Writes only what has changed, so that what listens for changes hears of changes. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
