package org.countyhub.imaging.render;

import java.util.Arrays;

/**
 * Cuts and scales pictures, rows and columns apart: to fewer pixels by the mean of the area that each covers, to more by straight lines between
 * neighbours.
 */
final class Scaling {
    private Scaling() {}

    /** @param aspect how much higher than wide a pixel is */
    static Picture fit(Picture picture, Viewport viewport, double aspect) {
        Viewport.Part part = viewport.part(picture.width(), picture.height());
        double height = part.height() * aspect;
        double scale = Math.min(viewport.width() / (double) part.width(), viewport.height() / height);
        int wide = Math.clamp(Math.round(part.width() * scale), 1, viewport.width());
        int high = Math.clamp(Math.round(height * scale), 1, viewport.height());
        boolean flipX = viewport.partWidth() < 0;
        boolean flipY = viewport.partHeight() < 0;
        Weights across = Weights.of(part.left(), part.width(), wide, flipX);
        Weights down = Weights.of(part.top(), part.height(), high, flipY);
        return new Picture(wide, high, picture.channels(), scale(picture, across, down));
    }

    /** For each target, the sources from {@code first} on and their shares. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Weights(int[] first, float[][] shares) {
        static Weights of(int start, int length, int target, boolean flip) {
            int[] first = new int[target];
            float[][] shares = new float[target][];
            double step = length / (double) target;
            for (int i = 0; i < target; i++) {
                int place = flip ? target - 1 - i : i;
                if (step >= 1) {
                    double from = i * step;
                    double to = Math.min(length, from + step);
                    int low = (int) from;
                    int high = Math.min(length, (int) Math.ceil(to - 1e-9));
                    float[] share = new float[Math.max(1, high - low)];
                    for (int k = 0; k < share.length; k++) {
                        share[k] = (float) ((Math.min(to, low + k + 1) - Math.max(from, low + k)) / (to - from));
                    }
                    first[place] = start + low;
                    shares[place] = share;
                } else {
                    double middle = Math.clamp((i + 0.5) * step - 0.5, 0, length - 1);
                    int low = Math.min((int) middle, Math.max(0, length - 2));
                    float toNext = (float) (middle - low);
                    first[place] = start + low;
                    shares[place] = length == 1 ? new float[] {1} : new float[] {1 - toNext, toNext};
                }
            }
            return new Weights(first, shares);
        }
    }

    /** Row by row of the target, so that no more than one row of means is held. */
    private static byte[] scale(Picture picture, Weights across, Weights down) {
        int channels = picture.channels();
        int wide = across.first().length;
        int high = down.first().length;
        int stride = picture.width() * channels;
        byte[] in = picture.samples();
        byte[] out = new byte[wide * high * channels];
        float[] row = new float[stride];
        for (int y = 0; y < high; y++) {
            Arrays.fill(row, 0);
            float[] shares = down.shares()[y];
            for (int k = 0; k < shares.length; k++) {
                int from = (down.first()[y] + k) * stride;
                float share = shares[k];
                for (int x = 0; x < stride; x++) {
                    row[x] += share * (in[from + x] & 0xFF);
                }
            }
            for (int x = 0; x < wide; x++) {
                float[] columns = across.shares()[x];
                for (int channel = 0; channel < channels; channel++) {
                    int from = across.first()[x] * channels + channel;
                    float sum = 0;
                    for (int k = 0; k < columns.length; k++) {
                        sum += columns[k] * row[from + k * channels];
                    }
                    out[(y * wide + x) * channels + channel] = (byte) Math.min(255, (int) (sum + 0.5f));
                }
            }
        }
        return out;
    }
}
