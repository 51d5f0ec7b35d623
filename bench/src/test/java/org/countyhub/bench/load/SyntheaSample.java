package org.countyhub.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bundles in the form of Synthea's, small enough to read. */
final class SyntheaSample {
    private SyntheaSample() {}

    /** A hospital, a doctor and so many patients, each with one Encounter, in a new directory. */
    static Path write(Path directory, int patients) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("hospitalInformation1.json"),
                bundle("batch", entry("Organization", "hospital", ",\"ifNoneExist\":\"identifier=urn:s|hospital\"")));
        Files.writeString(
                directory.resolve("practitionerInformation1.json"),
                bundle("batch", entry("Practitioner", "doctor", ",\"ifNoneExist\":\"identifier=urn:s|doctor\"")));
        for (int i = 0; i < patients; i++) {
            // Names that sort before and after those of the institutions.
            String name = (i % 2 == 0 ? "Adele" : "Zoe") + i;
            Files.writeString(
                    directory.resolve(name + ".json"),
                    bundle("transaction", entry("Patient", name, "") + "," + entry("Encounter", "of-" + name, "")));
        }
        return directory;
    }

    private static String bundle(String type, String entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + entries + "]}";
    }

    private static String entry(String type, String value, String condition) {
        return "{\"fullUrl\":\"urn:uuid:" + value + "\",\"resource\":{\"resourceType\":\"" + type
                + "\",\"identifier\":[{\"system\":\"urn:s\",\"value\":\"" + value
                + "\"}]},\"request\":{\"method\":\"POST\",\"url\":\"" + type + "\"" + condition + "}}";
    }
}
