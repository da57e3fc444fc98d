// Which words of a prompt a model knows. Its tokenizer takes whole words in lower case; signs between them are no words.

const WORD = /[\p{L}\p{N}_]+/gu;

/** In the order in which they come, each once. */
export function unknownWords(words, prompt) {
  const known = new Set(words);
  return [...new Set((prompt.normalize('NFC').toLowerCase().match(WORD) ?? []).filter(word => !known.has(word)))];
}

export function knows(words, prompt) {
  return unknownWords(words, prompt).length === 0;
}
