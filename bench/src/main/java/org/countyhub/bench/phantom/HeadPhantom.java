package org.countyhub.bench.phantom;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A head to be looked at by computed tomography: the ellipsoids of Shepp and Logan (IEEE Trans. Nucl. Sci. 21, 1974; in three
 * dimensions as by Kak and Slaney), in Hounsfield units such as skull, brain and ventricles have.
 */
public final class HeadPhantom {
    public static final int SIZE = 256;

    private static final int AIR = -1_000;
    private static final int INTERCEPT = -1_024;
    private static final double NOISE = 4;

    /** What an ellipsoid adds to what it lies in; positions and half axes of a head that reaches from -1 to 1. */
    private record Ellipsoid(
            int units, double a, double b, double c, double x, double y, double z, double cosine, double sine) {
        static Ellipsoid of(int units, double a, double b, double c, double x, double y, double z, double degrees) {
            double angle = Math.toRadians(degrees);
            return new Ellipsoid(units, a, b, c, x, y, z, Math.cos(angle), Math.sin(angle));
        }

        boolean contains(double px, double py, double pz) {
            double dx = px - x;
            double dy = py - y;
            double along = (dx * cosine + dy * sine) / a;
            double across = (dy * cosine - dx * sine) / b;
            double up = (pz - z) / c;
            return along * along + across * across + up * up <= 1;
        }
    }

    private static final List<Ellipsoid> ELLIPSOIDS = List.of(
            Ellipsoid.of(1_900, 0.69, 0.92, 0.81, 0, 0, 0, 0),
            Ellipsoid.of(-865, 0.6624, 0.874, 0.78, 0, -0.0184, 0, 0),
            Ellipsoid.of(-28, 0.11, 0.31, 0.22, 0.22, 0, 0, -18),
            Ellipsoid.of(-28, 0.16, 0.41, 0.28, -0.22, 0, 0, 18),
            Ellipsoid.of(12, 0.21, 0.25, 0.41, 0, 0.35, -0.15, 0),
            Ellipsoid.of(25, 0.046, 0.046, 0.05, 0, 0.1, 0.25, 0),
            Ellipsoid.of(25, 0.046, 0.046, 0.05, 0, -0.1, 0.25, 0),
            Ellipsoid.of(25, 0.046, 0.023, 0.05, -0.08, -0.605, 0, 0),
            Ellipsoid.of(25, 0.023, 0.023, 0.02, 0, -0.606, 0, 0),
            Ellipsoid.of(25, 0.023, 0.046, 0.02, 0.06, -0.605, 0, 0));

    private HeadPhantom() {}

    /** A slice in words of 16 bits, little endian, from -0.8 (below) to 0.8 (above); the values are units above -1024. */
    public static byte[] slice(double height, long seed) {
        byte[] pixels = new byte[2 * SIZE * SIZE];
        SplittableRandom random = new SplittableRandom(seed);
        int at = 0;
        for (int row = 0; row < SIZE; row++) {
            for (int column = 0; column < SIZE; column++) {
                double x = 2.0 * column / (SIZE - 1) - 1;
                double y = 1 - 2.0 * row / (SIZE - 1);
                int value = (int) Math.round(units(x, y, height) + NOISE * random.nextGaussian()) - INTERCEPT;
                pixels[at++] = (byte) value;
                pixels[at++] = (byte) (value >>> 8);
            }
        }
        return pixels;
    }

    /** Hounsfield units at a place of a head that reaches from -1 to 1. */
    public static int units(double x, double y, double z) {
        int units = AIR;
        for (Ellipsoid ellipsoid : ELLIPSOIDS) {
            units += ellipsoid.contains(x, y, z) ? ellipsoid.units : 0;
        }
        return units;
    }
}
