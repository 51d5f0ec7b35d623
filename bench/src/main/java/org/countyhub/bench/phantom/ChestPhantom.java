package org.countyhub.bench.phantom;

import java.util.List;

/** A chest to be looked at by X-rays from behind: how much ellipsoids of tissue, air and bone take from each ray that crosses them. */
public final class ChestPhantom {
    public static final int SIZE = 1_024;

    private static final double WIDTH_CM = 40;
    private static final double BRIGHTEST = 4_095;
    private static final int RIBS = 9;

    /** Half axes and middle in centimetres, x to the right of the picture, z downwards; the attenuation adds to what is there. */
    private record Ellipsoid(double attenuation, double a, double depth, double c, double x, double z) {
        /** What it takes from the ray at a point: its attenuation times the length of the way through it. */
        double taken(double px, double pz) {
            double dx = (px - x) / a;
            double dz = (pz - z) / c;
            double inside = 1 - dx * dx - dz * dz;
            return inside <= 0 ? 0 : attenuation * 2 * depth * Math.sqrt(inside);
        }
    }

    private static final List<Ellipsoid> PARTS = List.of(
            new Ellipsoid(0.20, 17, 11, 30, 0, 4),
            new Ellipsoid(-0.17, 6, 9, 12, -7.5, -2),
            new Ellipsoid(-0.17, 5.5, 9, 11.5, 7.5, -2.5),
            new Ellipsoid(0.16, 5.5, 4.5, 6, 2.5, 4),
            new Ellipsoid(0.20, 1.9, 2, 40, 0, 0),
            new Ellipsoid(0.12, 9, 8, 5, -6, 14),
            new Ellipsoid(-0.10, 1.0, 1.0, 7, 0.3, -13),
            new Ellipsoid(0.30, 7, 0.5, 0.7, -7.5, -14.2),
            new Ellipsoid(0.30, 7, 0.5, 0.7, 7.5, -14.2));

    private ChestPhantom() {}

    /** The picture in words of 16 bits, little endian; bone is white. */
    public static byte[] picture() {
        byte[] pixels = new byte[2 * SIZE * SIZE];
        int at = 0;
        for (int row = 0; row < SIZE; row++) {
            for (int column = 0; column < SIZE; column++) {
                double x = WIDTH_CM * ((column + 0.5) / SIZE - 0.5);
                double z = WIDTH_CM * ((row + 0.5) / SIZE - 0.5);
                double taken =
                        PARTS.stream().mapToDouble(part -> part.taken(x, z)).sum() + ribs(x, z);
                int value = (int) Math.clamp(BRIGHTEST * taken / 6, 0, BRIGHTEST);
                pixels[at++] = (byte) value;
                pixels[at++] = (byte) (value >>> 8);
            }
        }
        return pixels;
    }

    /** Arcs that fall to both sides, as long as the chest is wide. */
    private static double ribs(double x, double z) {
        double away = Math.abs(x);
        if (away > 13.5) {
            return 0;
        }
        double taken = 0;
        for (int i = 0; i < RIBS; i++) {
            double middle = -13 + 2.6 * i + 0.028 * away * away;
            double distance = Math.abs(z - middle) / 0.45;
            taken += distance < 1 ? 0.32 * Math.sqrt(1 - distance * distance) : 0;
        }
        return taken;
    }
}
