package org.countyhub.imaging.render;

/**
 * A picture of eight bits.
 *
 * @param channels 1 for grey, 3 for red, green and blue side by side
 * @param samples rows from top to bottom; never changed once the picture is out of this package
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Picture(int width, int height, int channels, byte[] samples) {}
