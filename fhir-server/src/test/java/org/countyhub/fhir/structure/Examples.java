package org.countyhub.fhir.structure;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The JSON examples of R4 and of the fhir-examples library, as its index files list them. */
final class Examples {
    private Examples() {}

    /** The examples of an index: those that the library calls readable, or those that it does not. */
    static Stream<String> of(String index, boolean readable) {
        return new String(read(index), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("PARSE") != readable)
                .map(line -> line.substring(line.indexOf(' ')).strip());
    }

    /** Small examples of many types. */
    static List<String> small(int maxBytes) {
        return of("ibm-json.txt", true)
                .filter(name -> name.contains("/complete-mock/") || name.contains("/basic/"))
                .filter(name -> read(name).length <= maxBytes)
                .toList();
    }

    static byte[] read(String name) {
        try (InputStream stream = Examples.class.getResourceAsStream("/" + name)) {
            if (stream == null) {
                throw new FileNotFoundException(name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
