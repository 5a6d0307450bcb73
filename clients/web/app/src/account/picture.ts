const LARGEST_BYTES = 2 * 1024 * 1024;
const LARGEST_SIDE = 1024;
const TYPES = ["image/png", "image/jpeg", "image/webp"];

/**
 * The picture as it may be sent. A photograph of a phone is larger than the server takes, and far larger than it shows: it is drawn
 * smaller here. What the browser cannot read goes as it is, for the server to say what is wrong with it.
 */
export async function smallEnough(file: Blob): Promise<Blob> {
  if (file.size <= LARGEST_BYTES && TYPES.includes(file.type)) return file;
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return file;
  }
  const shrink = Math.min(1, LARGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * shrink));
  canvas.height = Math.max(1, Math.round(picture.height * shrink));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((done) => canvas.toBlob((smaller) => done(smaller ?? file), "image/jpeg", 0.9));
}
