package org.countyhub.fhir.http;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** The JSON examples of R4 and of the fhir-examples library, as its index files list them. */
final class PublishedExamples {
    private PublishedExamples() {}

    /** The names of the examples of an index that are valid R4. */
    static Stream<String> of(String index) {
        return read(index)
                .lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("PARSE"))
                .map(line -> line.substring(line.indexOf(' ')).strip());
    }

    static String read(String name) {
        try (InputStream stream = PublishedExamples.class.getResourceAsStream("/" + name)) {
            if (stream == null) {
                throw new FileNotFoundException(name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
