package org.countyhub.fhir.identity.estimate;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.countyhub.fhir.identity.DemographicsReader;
import org.countyhub.fhir.identity.link.PersonStore;
import org.countyhub.fhir.identity.match.BlockingKey;
import org.countyhub.fhir.identity.match.Traits;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.kernel.Problem;

/** The patients as stored, read without locks and in statements that hold nothing for long. */
final class StoredPatients implements CountySample.CountyPatients {
    private static final int BATCH = 500;

    private final PatientSource source;
    private final PersonStore persons;
    private final ResourceParser parser;
    private final DemographicsReader reader;

    StoredPatients(PatientSource source, PersonStore persons, ResourceParser parser, DemographicsReader reader) {
        this.source = source;
        this.persons = persons;
        this.parser = parser;
        this.reader = reader;
    }

    @Override
    public List<Long> draw(int most) {
        return source.draw(most);
    }

    @Override
    public Map<Long, Traits> read(Collection<Long> numbers) {
        Map<Long, Traits> read = new HashMap<>();
        for (List<Long> batch : CountySample.batches(List.copyOf(numbers), BATCH)) {
            if (Thread.currentThread().isInterrupted()) {
                throw Problem.busy("the estimation was broken off", 60);
            }
            for (StoredVersion patient : source.read(batch)) {
                read.put(
                        patient.surrogate(),
                        Traits.of(reader.read(parser.read(patient.json())).demographics()));
            }
        }
        return read;
    }

    @Override
    public Map<Long, List<Long>> holders(Collection<BlockingKey> keys) {
        Set<Long> codes = new LinkedHashSet<>();
        Set<Long> traits = new LinkedHashSet<>();
        keys.forEach(key -> (key.kind().isOfCode() ? codes : traits).add(key.hash()));
        return persons.holders(codes, traits).stream()
                .collect(Collectors.groupingBy(
                        PersonStore.Holder::key, Collectors.mapping(PersonStore.Holder::patient, Collectors.toList())));
    }
}
