import type { Image, Window } from '../model/image';
import type { Pixels } from '../pixels/pixels';

/** From a picture that the server rendered to pixels; greys stay values, so that their window can still be moved a little. */
export async function previewPixels(blob: Blob, image: Image, window: Window | undefined): Promise<Pixels> {
  const picture = await decoded(blob);
  const { width, height } = picture;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(picture, 0, 0);
  if ('close' in picture) {
    picture.close();
  }
  const { data } = context.getImageData(0, 0, width, height);
  if (image.format.samples > 1 || image.format.photometric === 'PALETTE COLOR') {
    return { kind: 'color', width, height, rgba: data, original: false };
  }
  const samples = new Uint8Array(width * height);
  for (let i = 0; i < samples.length; i++) {
    samples[i] = data[4 * i];
  }
  const first = image.voi[0];
  const own = window ?? (first !== undefined && 'window' in first && first.window.shape === 'LINEAR' ? first.window : undefined);
  return { kind: 'grey', width, height, samples, original: false, window: own };
}

/** Not every build of a browser that has createImageBitmap decodes all that it shows. */
function decoded(blob: Blob): Promise<ImageBitmap | HTMLImageElement> {
  return typeof createImageBitmap === 'function' ? createImageBitmap(blob).catch(() => shown(blob)) : shown(blob);
}

function shown(blob: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(blob);
  return new Promise<HTMLImageElement>((resolve, reject) => {
    const picture = document.createElement('img');
    picture.onload = () => resolve(picture);
    picture.onerror = () => reject(new Error('the picture cannot be read'));
    picture.src = url;
  }).finally(() => URL.revokeObjectURL(url));
}
