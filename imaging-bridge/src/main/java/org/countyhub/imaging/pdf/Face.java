package org.countyhub.imaging.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.CmapSubtable;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TTFTable;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/** A font of the class path, parsed. */
final class Face {
    /** What drawing needs. Others, such as those of substitution and position, would be kept for nothing: half of a font's memory. */
    private static final Set<String> TABLES =
            Set.of("cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "OS/2", "post");

    private static final String NONE = "none";

    private final TrueTypeFont font;
    private final CmapLookup glyphs;
    private final double unitsPerEm;

    private Face(TrueTypeFont font) throws IOException {
        this.font = font;
        this.glyphs = font.getUnicodeCmapLookup();
        this.unitsPerEm = font.getUnitsPerEm();
    }

    /** @param name of its file in {@code /pdf} */
    static Face read(String name) {
        try (InputStream in = Objects.requireNonNull(Face.class.getResourceAsStream("/pdf/" + name), name)) {
            TrueTypeFont font = new Parser().parse(new RandomAccessReadBuffer(in));
            // Ligatures would be characters of their own to whoever searches the file.
            font.setEnableGsub(false);
            if (font.getUnicodeCmapLookup() instanceof CmapSubtable best) {
                font.getCmap().setCmaps(new CmapSubtable[] {best});
            }
            return new Face(font);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Parser extends TTFParser {
        Parser() {
            super(true);
        }

        @Override
        protected TTFTable readTable(String tag) {
            return super.readTable(TABLES.contains(tag) ? tag : NONE);
        }
    }

    TrueTypeFont font() {
        return font;
    }

    boolean has(int character) {
        return glyphs.getGlyphId(character) != 0;
    }

    /** Of the height of the letters. */
    double width(int character) {
        try {
            return font.getAdvanceWidth(glyphs.getGlyphId(character)) / unitsPerEm;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
