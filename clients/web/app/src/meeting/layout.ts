export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const GAP = 8;
const WIDEST = 16 / 9;

/** How narrow a tile may be on a stage of this shape: tall phones show tall tiles. */
const narrowest = (width: number, height: number) => (width < height ? 0.8 : 4 / 3);

/** Rows and columns that make `count` tiles largest; the last row is centred. */
export function gridLayout(count: number, width: number, height: number): Box[] {
  if (count === 0 || width <= 0 || height <= 0) return [];
  let best = { area: 0, columns: 1, tileWidth: 0, tileHeight: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const tile = fit(
      (width - GAP * (columns - 1)) / columns,
      (height - GAP * (rows - 1)) / rows,
      width,
      height,
    );
    if (tile.width * tile.height > best.area) {
      best = { area: tile.width * tile.height, columns, tileWidth: tile.width, tileHeight: tile.height };
    }
  }
  const { columns, tileWidth, tileHeight } = best;
  const rows = Math.ceil(count / columns);
  const top = (height - rows * tileHeight - (rows - 1) * GAP) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row === rows - 1 ? count - columns * (rows - 1) : columns;
    const left = (width - inRow * tileWidth - (inRow - 1) * GAP) / 2;
    return {
      x: left + (index % columns) * (tileWidth + GAP),
      y: top + row * (tileHeight + GAP),
      width: tileWidth,
      height: tileHeight,
    };
  });
}

/** How many tiles a grid may hold before they become too small to recognise a face. */
export function gridCapacity(width: number, height: number): number {
  const smallest = width < 600 ? 140 : 200;
  return Math.max(2, Math.floor(width / smallest) * Math.floor(height / (smallest * 0.62)));
}

/** One large tile and a strip: beside it on a wide stage, below it on a tall one. */
export function spotlightLayout(strip: number, width: number, height: number): { main: Box; strip: Box[] } {
  if (strip === 0) return { main: { x: 0, y: 0, width, height }, strip: [] };
  if (width >= height) {
    const stripWidth = Math.min(240, Math.max(150, width * 0.19));
    const tile = { width: stripWidth, height: stripWidth / WIDEST };
    const shown = Math.min(strip, Math.max(1, Math.floor((height + GAP) / (tile.height + GAP))));
    const top = (height - shown * tile.height - (shown - 1) * GAP) / 2;
    return {
      main: { x: 0, y: 0, width: width - stripWidth - GAP, height },
      strip: Array.from({ length: shown }, (_, index) => ({
        x: width - stripWidth,
        y: top + index * (tile.height + GAP),
        ...tile,
      })),
    };
  }
  const stripHeight = Math.min(110, height * 0.2);
  const tile = { width: stripHeight * 1.25, height: stripHeight };
  const shown = Math.min(strip, Math.max(1, Math.floor((width + GAP) / (tile.width + GAP))));
  const left = (width - shown * tile.width - (shown - 1) * GAP) / 2;
  return {
    main: { x: 0, y: 0, width, height: height - stripHeight - GAP },
    strip: Array.from({ length: shown }, (_, index) => ({
      x: left + index * (tile.width + GAP),
      y: height - stripHeight,
      ...tile,
    })),
  };
}

/** The person's own picture in the corner of a talk between two. */
export function cornerBox(width: number, height: number): Box {
  const tall = width < height;
  const boxWidth = tall ? Math.min(120, width * 0.3) : Math.min(256, width * 0.22);
  const boxHeight = tall ? boxWidth * 1.3 : boxWidth / WIDEST;
  return { x: width - boxWidth - 16, y: height - boxHeight - 16, width: boxWidth, height: boxHeight };
}

function fit(
  width: number,
  height: number,
  stageWidth: number,
  stageHeight: number,
): { width: number; height: number } {
  const shape = width / height;
  if (shape > WIDEST) return { width: height * WIDEST, height };
  const narrow = narrowest(stageWidth, stageHeight);
  if (shape < narrow) return { width, height: width / narrow };
  return { width, height };
}
