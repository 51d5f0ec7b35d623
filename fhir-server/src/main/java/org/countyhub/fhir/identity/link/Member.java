package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.countyhub.fhir.identity.match.Traits;
import org.countyhub.fhir.resource.ResourceKey;

/**
 * A patient as one of those of a person.
 *
 * @param number the number of the resource
 * @param resource the patient as stored
 * @param traits what it says, ready to be compared
 */
record Member(ResourceKey key, long number, ObjectNode resource, Traits traits, Assurance assurance) {
    Member with(Assurance other) {
        return new Member(key, number, resource, traits, other);
    }
}
