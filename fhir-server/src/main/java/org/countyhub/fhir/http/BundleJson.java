package org.countyhub.fhir.http;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.countyhub.fhir.resource.Change;
import org.countyhub.fhir.resource.StoredVersion;
import org.jspecify.annotations.Nullable;

/** A Bundle of stored resources, written front to back (FHIR R4, Bundle). */
final class BundleJson {
    private final JsonBytes json;
    private final String base;
    private boolean entries;
    private boolean links;

    BundleJson(String type, String base, Instant timestamp, int expectedSize) {
        this.base = base;
        this.json = new JsonBytes(expectedSize + 512)
                .raw("{\"resourceType\":\"Bundle\",\"type\":\"")
                .raw(type)
                .raw("\",\"timestamp\":\"")
                .raw(timestamp.truncatedTo(ChronoUnit.MILLIS).toString())
                .raw("\"");
    }

    BundleJson total(long total) {
        json.raw(",\"total\":").raw(Long.toString(total));
        return this;
    }

    BundleJson link(String relation, String url) {
        json.raw(links ? "," : ",\"link\":[")
                .raw("{\"relation\":\"")
                .raw(relation)
                .raw("\",\"url\":")
                .string(url)
                .raw("}");
        links = true;
        return this;
    }

    private void endLinks() {
        if (links) {
            json.raw("]");
            links = false;
        }
    }

    private void entry() {
        endLinks();
        json.raw(entries ? ",{" : ",\"entry\":[{");
        entries = true;
    }

    /** A match or an included resource of a search. */
    BundleJson found(StoredVersion version, String mode) {
        entry();
        json.raw("\"fullUrl\":")
                .string(base + "/" + version.key())
                .raw(",\"resource\":")
                .raw(version.json())
                .raw(",\"search\":{\"mode\":\"")
                .raw(mode)
                .raw("\"}}");
        return this;
    }

    /** A match of {@code $match}, with how likely and how sure it is (R4, extension match-grade). */
    BundleJson match(StoredVersion version, double score, String grade) {
        entry();
        json.raw("\"fullUrl\":")
                .string(base + "/" + version.key())
                .raw(",\"resource\":")
                .raw(version.json())
                .raw(
                        ",\"search\":{\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/match-grade\",\"valueCode\":\"")
                .raw(grade)
                .raw("\"}],\"mode\":\"match\",\"score\":")
                .raw(BigDecimal.valueOf(score)
                        .setScale(4, RoundingMode.HALF_EVEN)
                        .toPlainString())
                .raw("}}");
        return this;
    }

    /** What the server has to say about a search. */
    BundleJson outcome(byte[] operationOutcome) {
        entry();
        json.raw("\"resource\":").raw(operationOutcome).raw(",\"search\":{\"mode\":\"outcome\"}}");
        return this;
    }

    /** A version in a history (section 3.1.0.12). */
    BundleJson version(StoredVersion version) {
        entry();
        boolean deleted = version.change() == Change.DELETE;
        boolean posted = version.change() == Change.CREATE;
        json.raw("\"fullUrl\":").string(base + "/" + version.key());
        if (!deleted) {
            json.raw(",\"resource\":").raw(version.json());
        }
        json.raw(",\"request\":{\"method\":\"")
                .raw(deleted ? "DELETE" : posted ? "POST" : "PUT")
                .raw("\",\"url\":")
                .string(posted ? version.key().type() : version.key().toString())
                .raw("},\"response\":{\"status\":\"")
                .raw(deleted ? "204 No Content" : version.version() == 1 ? "201 Created" : "200 OK")
                .raw("\",\"etag\":")
                .string(version.etag())
                .raw(",\"lastModified\":")
                .string(version.lastUpdated().toString())
                .raw("}}");
        return this;
    }

    /** The answer to an entry of a batch or transaction; {@code asOutcome} says that the body is no resource asked for. */
    BundleJson response(Reply reply, boolean asOutcome) {
        entry();
        boolean body = reply.json().length > 0;
        if (body && !asOutcome) {
            json.raw("\"resource\":").raw(reply.json()).raw(",");
        }
        json.raw("\"response\":{\"status\":").string(Outcomes.statusLine(reply.status()));
        text("location", reply.location());
        text("etag", reply.etag());
        text(
                "lastModified",
                reply.lastModified() == null ? null : reply.lastModified().toString());
        byte[] outcome = body && asOutcome ? reply.json() : reply.warnings();
        if (outcome != null) {
            json.raw(",\"outcome\":").raw(outcome);
        }
        json.raw("}}");
        return this;
    }

    private void text(String name, @Nullable String value) {
        if (value != null) {
            json.raw(",\"").raw(name).raw("\":").string(value);
        }
    }

    /** How many bytes it has so far. */
    int size() {
        return json.size();
    }

    byte[] end() {
        endLinks();
        return json.raw(entries ? "]}" : "}").toByteArray();
    }
}
