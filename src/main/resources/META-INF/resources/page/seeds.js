// Seeds that people can read to each other.

const SEEDS = 1_000_000;

export function randomSeed() {
  return Math.floor(Math.random() * SEEDS);
}
