package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.countyhub.imaging.ecg.Electrocardiogram;
import org.countyhub.imaging.ecg.Layout;
import org.countyhub.imaging.ecg.Presentation;
import org.countyhub.imaging.render.Language;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.outgoing.StoredValues;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Electrocardiograms as drawings. PS3.18 section 8.7.4 names no rendered form of waveforms; this one is the hub's own, with parameters of its own
 * beside those of section 8.3.5.
 */
final class Electrocardiograms {
    static final String SVG = "image/svg+xml";

    private static final Set<String> PARAMETERS =
            Set.of("accept", "layout", "speed", "gain", "offset", "group", "lang");
    private static final Set<Double> SPEEDS = Set.of(12.5, 25.0, 50.0);
    private static final Set<Double> GAINS = Set.of(5.0, 10.0, 20.0);

    private final BlobStore blobs;

    Electrocardiograms(BlobStore blobs) {
        this.blobs = blobs;
    }

    static boolean contains(Stored stored) {
        return Electrocardiogram.isOf(stored.sopClassUid());
    }

    void answer(HttpServletRequest request, HttpServletResponse response, Located located) throws IOException {
        RenderedParameters.checkNames(request, PARAMETERS);
        Presentation wanted = presentation(request);
        String type = type(request);
        response.setHeader("Vary", "Accept, Accept-Encoding, Accept-Language");
        Stored stored = located.stored();
        String mark = located.mark() + "-e" + Integer.toHexString(wanted.hashCode()) + (type.equals(SVG) ? "" : "p");
        if (Reply.unchanged(request, response, mark)) {
            return;
        }
        StoredValues values = new StoredValues(blobs, stored);
        Electrocardiogram read =
                Electrocardiogram.read(values.header(), stored.patient().id(), wanted, (value, position, length) -> {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream(length);
                    values.copy(value, position, length, bytes);
                    return bytes.toByteArray();
                });
        response.setHeader(
                "Content-Disposition",
                "inline; filename=\"" + stored.sopInstanceUid() + (type.equals(SVG) ? ".svg" : ".pdf") + "\"");
        if (type.equals(SVG)) {
            response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
            Reply.text(request, response, SVG, read.svg().getBytes(StandardCharsets.UTF_8));
            return;
        }
        byte[] pdf = read.pdf();
        Reply.bytes(
                request,
                response,
                Documents.PDF,
                pdf.length,
                (out, position, length) -> out.write(pdf, (int) position, (int) length));
    }

    private static String type(HttpServletRequest request) {
        for (MediaRange range : Accepted.ranges(request)) {
            for (String type : List.of(SVG, Documents.PDF)) {
                if (!range.isMultipart() && range.takes(type)) {
                    return type;
                }
            }
        }
        throw Accepted.refusal("an electrocardiogram is given as image/svg+xml or application/pdf");
    }

    private static Presentation presentation(HttpServletRequest request) {
        String layout = request.getParameter("layout");
        return new Presentation(
                layout == null
                        ? null
                        : Layout.of(layout)
                                .orElseThrow(() -> Problem.badSearch("layout", "layout is one of 3x4, 6x2 and 12x1")),
                one(request, "speed", SPEEDS, Presentation.USUAL.speed(), "12.5, 25 and 50 mm/s"),
                one(request, "gain", GAINS, Presentation.USUAL.gain(), "5, 10 and 20 mm/mV"),
                decimal(request, "offset", 0, "offset is a number of seconds"),
                (int) decimal(request, "group", 0, "group is the number of a group of channels, from 1 on"),
                language(request));
    }

    private static double one(
            HttpServletRequest request, String name, Set<Double> offered, double usual, String words) {
        double value = decimal(request, name, usual, name + " is one of " + words);
        if (!offered.contains(value)) {
            throw Problem.badSearch(name, name + " is one of " + words);
        }
        return value;
    }

    private static double decimal(HttpServletRequest request, String name, double usual, String words) {
        @Nullable String sent = request.getParameter(name);
        if (sent == null) {
            return usual;
        }
        boolean isWhole = name.equals("group");
        if (!sent.matches(isWhole ? "[1-9][0-9]{0,2}" : "[0-9]{1,9}(\\.[0-9]{1,6})?")) {
            throw Problem.badSearch(name, words);
        }
        return Double.parseDouble(sent);
    }

    /** The parameter, else the first language that the reader names. */
    private static Language language(HttpServletRequest request) {
        @Nullable String sent = request.getParameter("lang");
        if (sent == null) {
            return Collections.list(request.getLocales())
                            .getFirst()
                            .getLanguage()
                            .equals(Locale.CHINESE.getLanguage())
                    ? Language.ZH
                    : Language.EN;
        }
        return switch (sent.toLowerCase(Locale.ROOT)) {
            case "en" -> Language.EN;
            case "zh", "zh-cn" -> Language.ZH;
            default -> throw Problem.badSearch("lang", "lang is en or zh");
        };
    }
}
