package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.study.Metadata;
import org.jspecify.annotations.Nullable;

/** Reads one instance's DICOM JSON object (PS3.18 annex F) from the index. */
final class InstanceMetadata {
    private static final int MAX_LENGTH = 8 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode json;

    InstanceMetadata(JsonNode json) {
        this.json = json;
    }

    /** The attributes; none where they are larger than a header should be. */
    static InstanceMetadata of(Metadata metadata) {
        if (metadata.length() > MAX_LENGTH) {
            return new InstanceMetadata(MissingNode.getInstance());
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(metadata.deflated());
            byte[] text = new byte[metadata.length()];
            int length = 0;
            while (length < text.length) {
                int read = inflater.inflate(text, length, text.length - length);
                if (read == 0) {
                    throw new IllegalStateException("metadata of the index end early");
                }
                length += read;
            }
            return new InstanceMetadata(JSON.readTree(text));
        } catch (DataFormatException | IOException e) {
            throw new IllegalStateException("metadata of the index cannot be read", e);
        } finally {
            inflater.end();
        }
    }

    /** The first value of an attribute as text; null where it is absent or empty. */
    @Nullable
    String string(int tag) {
        JsonNode value = json.path(Tag.hex(tag)).path("Value").path(0);
        return value.isValueNode() && !value.isNull() ? Text.clean(value.asText()) : null;
    }

    /** The first item of a sequence; without attributes where it is absent. */
    InstanceMetadata item(int tag) {
        return new InstanceMetadata(json.path(Tag.hex(tag)).path("Value").path(0));
    }
}
