/**
 * Deals people out to rooms as evenly as can be, in an order drawn by `random`.
 *
 * @param random as {@link Math.random}
 */
export function shuffle(
  people: readonly string[],
  rooms: number,
  random: () => number = Math.random,
): Map<string, number> {
  const drawn = [...people];
  for (let i = drawn.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [drawn[i], drawn[j]] = [drawn[j]!, drawn[i]!];
  }
  return new Map(drawn.map((person, index) => [person, index % rooms]));
}
