package org.countyhub.fhir.search.index;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Published R4 resources, and generated ones in which every element is filled. */
final class Examples {
    /** Larger files are lists of definitions, which only repeat what the smaller files of their types hold. */
    private static final long MAX_BYTES = 100_000;

    private Examples() {}

    static void published(BiConsumer<String, ObjectNode> test) {
        each("/json/spec", test);
    }

    static void complete(BiConsumer<String, ObjectNode> test) {
        each("/json/ibm/complete-mock", test);
    }

    /** Calls a test with each file's name and content. */
    private static void each(String folder, BiConsumer<String, ObjectNode> test) {
        try {
            URI jar = Objects.requireNonNull(Examples.class.getResource(folder)).toURI();
            try (FileSystem files = FileSystems.newFileSystem(jar, Map.of());
                    Stream<Path> examples = Files.list(files.getPath(folder))) {
                for (Path example : examples.sorted().toList()) {
                    if (Files.size(example) <= MAX_BYTES
                            && Extraction.JSON.readTree(Files.readString(example)) instanceof ObjectNode resource
                            && Extraction.DEFINITIONS.isResourceType(
                                    resource.path("resourceType").asText())) {
                        test.accept(example.toString(), resource);
                    }
                }
            }
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError("examples are missing", e);
        }
    }
}
