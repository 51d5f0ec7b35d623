package org.countyhub.imaging.dicomweb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.countyhub.imaging.slide.Grid;
import org.countyhub.imaging.slide.Layer;
import org.countyhub.imaging.slide.Level;
import org.countyhub.imaging.slide.Pyramid;
import org.countyhub.imaging.slide.SlideImage;
import org.jspecify.annotations.Nullable;

/** A slide as JSON; docs/how-to/imaging.md says what it means. */
final class SlideJson {
    private static final JsonFactory JSON = new JsonFactory();

    private SlideJson() {}

    static void write(Pyramid pyramid, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("levels");
            for (Level level : pyramid.levels()) {
                level(json, level);
            }
            json.writeEndArray();
            if (pyramid.objectiveLensPower() > 0) {
                json.writeNumberField("objectiveLensPower", pyramid.objectiveLensPower());
            }
            uid(json, "label", pyramid.label());
            uid(json, "overview", pyramid.overview());
            json.writeArrayFieldStart("leftOut");
            for (Pyramid.LeftOut leftOut : pyramid.leftOut()) {
                json.writeStartObject();
                json.writeStringField("sopInstanceUid", leftOut.sopInstanceUid());
                text(json, "place", leftOut.fault().expression());
                json.writeStringField("diagnostics", leftOut.fault().diagnostics());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void level(JsonGenerator json, Level level) throws IOException {
        Grid grid = level.grid();
        json.writeStartObject();
        json.writeNumberField("totalPixelMatrixColumns", grid.totalColumns());
        json.writeNumberField("totalPixelMatrixRows", grid.totalRows());
        json.writeNumberField("columns", grid.columns());
        json.writeNumberField("rows", grid.rows());
        SlideImage.Spacing spacing = level.spacing();
        if (spacing != null) {
            json.writeArrayFieldStart("pixelSpacing");
            json.writeNumber(spacing.down());
            json.writeNumber(spacing.across());
            json.writeEndArray();
        }
        json.writeArrayFieldStart("layers");
        for (Layer layer : level.layers()) {
            layer(json, layer);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void layer(JsonGenerator json, Layer layer) throws IOException {
        json.writeStartObject();
        json.writeStringField("opticalPath", layer.opticalPath());
        json.writeNumberField("zOffset", layer.zOffset());
        json.writeBooleanField("browserReady", layer.browserReady());
        json.writeArrayFieldStart("parts");
        for (Layer.Part part : layer.parts()) {
            json.writeStartObject();
            json.writeStringField("sopInstanceUid", part.sopInstanceUid());
            json.writeNumberField("offset", part.offset());
            json.writeNumberField("frames", part.frames());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeFieldName("runs");
        int[] runs = layer.tiles().runs();
        json.writeArray(runs, 0, runs.length);
        json.writeEndObject();
    }

    private static void uid(JsonGenerator json, String name, Optional<String> uid) throws IOException {
        text(json, name, uid.orElse(null));
    }

    private static void text(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }
}
