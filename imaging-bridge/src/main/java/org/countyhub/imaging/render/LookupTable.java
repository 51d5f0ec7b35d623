package org.countyhub.imaging.render;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * A lookup table (PS3.3 sections C.7.6.3.1.5, C.11.1.1.1 and C.11.2.1.1): values below and above it have its first and last entry.
 *
 * @param first the value that the first entry is for
 * @param bits of an entry
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LookupTable(int first, int bits, char[] entries) implements DoubleUnaryOperator {
    /** The table of an item of ModalityLUTSequence or VOILUTSequence. */
    static LookupTable of(Dataset item, boolean signed) {
        Descriptor descriptor = Descriptor.of(item, Tag.LUTDescriptor, signed);
        return new LookupTable(descriptor.first(), descriptor.bits(), entries(item, Tag.LUTData, descriptor));
    }

    /** The first item of a sequence, if any. */
    static @Nullable LookupTable first(List<Dataset> items, boolean signed) {
        return items.isEmpty() ? null : of(items.getFirst(), signed);
    }

    @Override
    public double applyAsDouble(double value) {
        return entries[(int) Math.clamp(Math.rint(value) - first, 0, entries.length - 1)];
    }

    int highest() {
        return (1 << bits) - 1;
    }

    /** How many entries there are, what they begin with, and how wide they are. */
    record Descriptor(int count, int first, int bits) {
        static Descriptor of(Dataset dataset, int tag, boolean signed) {
            long[] values = dataset.integers(tag);
            // One entry more than 16 bits can count is written as 0.
            int count = values.length == 3 ? (int) (values[0] & 0xFFFF) : 0;
            int bits = values.length == 3 ? (int) values[2] : 0;
            if (values.length != 3 || bits < 1 || bits > 16) {
                throw wrong(tag, "no descriptor of a lookup table");
            }
            return new Descriptor(
                    count == 0 ? 1 << 16 : count, signed ? (short) values[1] : (int) (values[1] & 0xFFFF), bits);
        }
    }

    /** Entries as words, or as bytes where there are no more bytes than that. */
    static char[] entries(Dataset dataset, int tag, Descriptor descriptor) {
        byte[] data = bytes(dataset, tag);
        int count = descriptor.count();
        char[] entries = new char[count];
        if (data.length >= 2 * count) {
            for (int i = 0; i < count; i++) {
                entries[i] = (char) ((data[2 * i] & 0xFF) | (data[2 * i + 1] & 0xFF) << 8);
            }
        } else if (data.length >= count && descriptor.bits() <= 8) {
            for (int i = 0; i < count; i++) {
                entries[i] = (char) (data[i] & 0xFF);
            }
        } else {
            throw wrong(tag, "a lookup table of %d bytes for %d entries".formatted(data.length, count));
        }
        return entries;
    }

    static byte[] bytes(Dataset dataset, int tag) {
        if (dataset.element(tag) instanceof Element.Bytes value) {
            return value.value();
        }
        throw wrong(tag, "a lookup table without entries, or with more than there can be");
    }

    static ProblemException wrong(int tag, String diagnostics) {
        return Problem.unprocessable(Fault.at(Tag.text(tag), "value", diagnostics));
    }
}
