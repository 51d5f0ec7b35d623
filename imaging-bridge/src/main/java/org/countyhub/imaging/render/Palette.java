package org.countyhub.imaging.render;

import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;

/** The palette of a data set, brought to eight bits (PS3.3 sections C.7.6.3.1.5, C.7.6.3.1.6 and C.7.9.2). */
final class Palette {
    private static final int[] DESCRIPTORS = {
        Tag.RedPaletteColorLookupTableDescriptor,
        Tag.GreenPaletteColorLookupTableDescriptor,
        Tag.BluePaletteColorLookupTableDescriptor
    };
    private static final int[] DATA = {
        Tag.RedPaletteColorLookupTableData, Tag.GreenPaletteColorLookupTableData, Tag.BluePaletteColorLookupTableData
    };
    private static final int[] SEGMENTS = {
        Tag.SegmentedRedPaletteColorLookupTableData,
        Tag.SegmentedGreenPaletteColorLookupTableData,
        Tag.SegmentedBluePaletteColorLookupTableData
    };

    private Palette() {}

    /** Red, green and blue; each table gives 0 to 255. */
    static LookupTable[] of(Dataset dataset, boolean signed) {
        LookupTable[] colors = new LookupTable[3];
        for (int i = 0; i < 3; i++) {
            LookupTable.Descriptor descriptor = LookupTable.Descriptor.of(dataset, DESCRIPTORS[i], signed);
            char[] entries = dataset.contains(SEGMENTS[i])
                    ? SegmentedTable.entries(dataset, SEGMENTS[i], descriptor)
                    : LookupTable.entries(dataset, DATA[i], descriptor);
            int shift = Math.max(0, descriptor.bits() - 8);
            for (int k = 0; k < entries.length; k++) {
                entries[k] = (char) (entries[k] >> shift & 0xFF);
            }
            colors[i] = new LookupTable(descriptor.first(), 8, entries);
        }
        return colors;
    }
}
