package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;

/** One operation of a JSON Patch (RFC 6902 section 4). */
sealed interface JsonOperation {
    record Add(Pointer path, JsonNode value) implements JsonOperation {}

    record Remove(Pointer path) implements JsonOperation {}

    record Replace(Pointer path, JsonNode value) implements JsonOperation {}

    record Move(Pointer from, Pointer path) implements JsonOperation {}

    record Copy(Pointer from, Pointer path) implements JsonOperation {}

    record Test(Pointer path, JsonNode value) implements JsonOperation {}
}
