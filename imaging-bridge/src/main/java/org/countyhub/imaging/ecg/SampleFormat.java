package org.countyhub.imaging.ecg;

import java.nio.ByteBuffer;
import java.util.Optional;

/** How a sample is written, by WaveformSampleInterpretation (PS3.3 section C.10.9.1.5); sounds in mu-law and A-law are none of an ECG. */
enum SampleFormat {
    SB(1),
    UB(1),
    SS(2),
    US(2),
    SL(4),
    UL(4);

    /** In bytes. */
    final int width;

    SampleFormat(int width) {
        this.width = width;
    }

    static Optional<SampleFormat> of(String term) {
        for (SampleFormat format : values()) {
            if (format.name().equals(term)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** The sample of that number; the buffer is little endian. */
    long at(ByteBuffer samples, int number) {
        return switch (this) {
            case SB -> samples.get(number);
            case UB -> samples.get(number) & 0xFF;
            case SS -> samples.getShort(2 * number);
            case US -> samples.getShort(2 * number) & 0xFFFF;
            case SL -> samples.getInt(4 * number);
            case UL -> samples.getInt(4 * number) & 0xFFFFFFFFL;
        };
    }
}
