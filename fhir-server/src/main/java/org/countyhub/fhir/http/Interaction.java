package org.countyhub.fhir.http;

import org.countyhub.fhir.resource.ResourceKey;
import org.jspecify.annotations.Nullable;

/** What a method and a path mean (FHIR R4 section 3.1.0, summary), whether of an HTTP request or of an entry of a Bundle. */
sealed interface Interaction {
    record Capabilities() implements Interaction {}

    record Read(ResourceKey key) implements Interaction {}

    record ReadVersion(ResourceKey key, String version) implements Interaction {}

    /** Of a resource; of a type when there is no id; of the system when there is no type either. */
    record History(@Nullable String type, @Nullable String id) implements Interaction {}

    /**
     * A search of one type.
     *
     * @param byForm whether it came by POST
     */
    record Search(String type, boolean byForm) implements Interaction {}

    /** create, update, patch or delete, plain or conditional. */
    record Write(String type) implements Interaction {}

    /**
     * An operation (section 3.2).
     *
     * @param id of the resource that it is about; null when it is about the type
     * @param name with its dollar sign
     */
    record Operation(String ofType, @Nullable String id, String name) implements Interaction {}

    /** batch or transaction. */
    record Bundle() implements Interaction {}

    /** The type of the resources in its answer; null when they may be of any. */
    default @Nullable String type() {
        return switch (this) {
            case Capabilities ignored -> "CapabilityStatement";
            case Read read -> read.key().type();
            case ReadVersion read -> read.key().type();
            case History history -> history.type;
            case Search search -> search.type;
            case Write write -> write.type;
            case Operation ignored -> null;
            case Bundle ignored -> null;
        };
    }
}
