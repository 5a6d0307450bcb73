const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
const STEP = 1_000;

/** A size as people read it, "3.4 MB". */
export function sizeOf(bytes: number, locale: string): string {
  let unit = 0;
  let value = bytes;
  while (value >= STEP && unit < UNITS.length - 1) {
    value /= STEP;
    unit += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: UNITS[unit]!,
    unitDisplay: unit === 0 ? "long" : "short",
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
}

/** A part of the whole, "45%". */
export const percentOf = (part: number, whole: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: "percent" }).format(whole > 0 ? Math.min(1, part / whole) : 0);

/** Pictures that browsers show and that hold no scripts. */
const RASTER = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
export const isPicture = (type: string): boolean => RASTER.has(type);
