package org.countyhub.fhir.identity.match.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.identity.Demographics;
import org.countyhub.fhir.identity.PersonCode;
import org.countyhub.fhir.identity.PersonName;
import org.countyhub.fhir.identity.PostalAddress;
import org.countyhub.fhir.identity.Sex;

/** Data set 4 of FEBRL (Christen 2008): 5,000 made-up Australians in one file, and each once more with errors in the other. */
final class Febrl {
    private static final String SYSTEM = "https://example.org/sid/social-security";

    private Febrl() {}

    /** Originals, then duplicates. */
    static List<Labelled> read(Path directory) throws IOException {
        List<Labelled> records = new ArrayList<>();
        for (String file : List.of("dataset4a.csv", "dataset4b.csv")) {
            Files.readAllLines(directory.resolve(file)).stream()
                    .skip(1)
                    .filter(line -> !line.isBlank())
                    .forEach(line -> records.add(record(line.split(",", -1))));
        }
        return records;
    }

    private static Labelled record(String[] columns) {
        List<String> values = Arrays.stream(columns).map(String::strip).toList();
        String line = String.join(" ", values.subList(3, 6)).strip();
        Demographics record = new Demographics(
                List.of(new PersonName(values.get(2), values.get(1))),
                Dates.parse(values.get(9)),
                Sex.UNKNOWN,
                Set.of(),
                List.of(new PostalAddress(line, values.get(6), "", values.get(8), values.get(7))),
                List.of(),
                values.get(10).isEmpty()
                        ? List.of()
                        : List.of(new PersonCode(SYSTEM, values.get(10), PersonCode.Standing.UNCHECKED)),
                false,
                false,
                0,
                null);
        return new Labelled(Integer.parseInt(values.get(0).split("-", -1)[1]), 0, record);
    }
}
