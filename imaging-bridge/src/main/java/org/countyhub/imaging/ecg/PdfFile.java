package org.countyhub.imaging.ecg;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;

/** A PDF file of one page (ISO 32000-1): what a drawing needs of it, and no more. */
final class PdfFile {
    private static final double POINTS_OF_A_MILLIMETRE = 72 / 25.4;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> positions = new ArrayList<>();

    private PdfFile() {}

    /**
     * A file.
     *
     * @param width of the page in mm
     * @param height of the page in mm
     * @param content operators, with the fonts F1 and F2 for letters and F3 for Chinese
     */
    static byte[] of(double width, double height, String title, Language language, byte[] content) {
        PdfFile file = new PdfFile();
        file.text("%PDF-1.5\n%\u00e2\u00e3\u00cf\u00d3\n");
        file.object("<< /Type /Catalog /Pages 2 0 R /Lang ("
                + switch (language) {
                    case EN -> "en";
                    case ZH -> "zh-CN";
                }
                + ") /ViewerPreferences << /PrintScaling /None /DisplayDocTitle true >> >>");
        file.object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        file.object(String.format(
                Locale.ROOT,
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.4f %.4f] /Contents 4 0 R"
                        + " /Resources << /Font << /F1 5 0 R /F2 6 0 R /F3 7 0 R >> >> >>",
                width * POINTS_OF_A_MILLIMETRE,
                height * POINTS_OF_A_MILLIMETRE));
        file.stream(deflated(content));
        file.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        file.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
        file.object("<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H"
                + " /DescendantFonts [8 0 R] >>");
        file.object("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
                + " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
                + " /DW 1000 /FontDescriptor 9 0 R >>");
        file.object("<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
                + " /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>");
        file.object("<< /Title <FEFF" + HexFormat.of().formatHex(title.getBytes(StandardCharsets.UTF_16BE)) + "> >>");
        return file.finished();
    }

    private void text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void object(String body) {
        begin();
        text(body + "\nendobj\n");
    }

    private void begin() {
        positions.add(out.size());
        text(positions.size() + " 0 obj\n");
    }

    private void stream(byte[] deflated) {
        begin();
        text("<< /Length " + deflated.length + " /Filter /FlateDecode >>\nstream\n");
        out.writeBytes(deflated);
        text("\nendstream\nendobj\n");
    }

    private byte[] finished() {
        int table = out.size();
        int count = positions.size() + 1;
        text("xref\n0 " + count + "\n0000000000 65535 f \n");
        for (int position : positions) {
            text(String.format(Locale.ROOT, "%010d 00000 n \n", position));
        }
        text("trailer\n<< /Size " + count + " /Root 1 0 R /Info " + positions.size() + " 0 R >>\nstartxref\n" + table
                + "\n%%EOF\n");
        return out.toByteArray();
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(content);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 3 + 64);
            byte[] piece = new byte[16 * 1024];
            while (!deflater.finished()) {
                out.write(piece, 0, deflater.deflate(piece));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
