package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.countyhub.fhir.identity.match.Traits;
import org.countyhub.fhir.resource.ResourceKey;
import org.jspecify.annotations.Nullable;

/**
 * A patient as one of those of a person.
 *
 * @param number the number of the resource
 * @param source the resource; null as long as nobody needs more than what is compared
 * @param traits what it says, ready to be compared
 */
record Member(long number, @Nullable Source source, Traits traits, Assurance assurance) {
    /** A patient as stored. */
    record Source(ResourceKey key, ObjectNode resource) {}

    /** The key of the resource, which must have been read. */
    ResourceKey key() {
        return Objects.requireNonNull(source).key();
    }

    /** The resource, which must have been read. */
    ObjectNode resource() {
        return Objects.requireNonNull(source).resource();
    }

    Member with(Assurance other) {
        return new Member(number, source, traits, other);
    }
}
