package org.countyhub.fhir.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countyhub.fhir.identity.PersonCode.Standing;
import org.countyhub.fhir.identity.code.Check;
import org.countyhub.fhir.identity.code.CodeSystem;
import org.countyhub.fhir.identity.code.CodeText;
import org.countyhub.fhir.naming.IdentifierSystems;
import org.countyhub.kernel.Fault;

/**
 * From an Identifier (FHIR R4 section 2.24.0.5) to a code that can be compared.
 *
 * <p>Numbers that every hospital gives out alike, outpatient, inpatient and record numbers, get the address of their
 * assigner behind the system, separated by {@code |}. Without an assigner they are not compared at all: all hospitals
 * count from 1, so that equal numbers are mostly different people.
 */
public final class CodeReader {
    private static final char ASSIGNER = '|';

    /** HL7 table 0203: numbers of patients, accounts and visits that mean something to who assigned them only. */
    private static final Set<String> PER_ASSIGNER = Set.of("MR", "PI", "PT", "AN", "VN");

    /** HL7 table 0203: temporary numbers. */
    private static final Set<String> TEMPORARY = Set.of("MRT", "PNT");

    private static final String IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";

    private final IdentifierSystems systems;

    public CodeReader(IdentifierSystems systems) {
        this.systems = systems;
    }

    /** The code under a system and value as someone asks for them, such as in {@code Person/$resolve}. */
    public PersonCode read(String system, String value) {
        return code(check(system, value, false), address(system), "");
    }

    /** Whether the system of a code that was read before is still called so; NamingSystems may have changed since. */
    boolean isCurrent(PersonCode code) {
        String system = code.system();
        int assigner = code.standing() == Standing.LOCAL ? system.indexOf(ASSIGNER) : -1;
        String address = assigner < 0 ? system : system.substring(0, assigner);
        return address(address).equals(address);
    }

    /**
     * The code in an Identifier; empty if it has no value.
     *
     * @param managingOrganization the Reference that names the assigner where the identifier does not; may be missing
     * @param place of the identifier
     * @param warnings grows by what is wrong
     */
    Optional<PersonCode> read(JsonNode identifier, JsonNode managingOrganization, String place, List<Fault> warnings) {
        String value = identifier.path("value").asText();
        if (CodeText.fold(value).isEmpty()) {
            return Optional.empty();
        }
        String system = identifier.path("system").asText();
        Check check = check(system, value, hasType(identifier, PER_ASSIGNER));
        if (check instanceof Check.Unsound unsound) {
            warnings.add(Fault.at(place + ".value", "value", unsound.diagnostics() + "; it is not compared"));
        }
        String own = assigner(identifier.path("assigner"));
        PersonCode code = code(check, address(system), own.isEmpty() ? assigner(managingOrganization) : own);
        return Optional.of(
                isPassing(identifier) ? new PersonCode(code.system(), code.value(), Standing.REFUTED) : code);
    }

    /** Whether the source calls the number temporary or old. */
    static boolean isPassing(JsonNode identifier) {
        String use = identifier.path("use").asText();
        return use.equals("old") || isTemporary(identifier);
    }

    static boolean isTemporary(JsonNode identifier) {
        return identifier.path("use").asText().equals("temp") || hasType(identifier, TEMPORARY);
    }

    private Check check(String system, String value, boolean perAssigner) {
        Optional<CodeSystem> known = known(system);
        if (known.isPresent()) {
            return known.get().check(value);
        }
        return perAssigner ? CodeSystem.checkPerAssigner(value) : CodeSystem.checkUnknown(value);
    }

    private static PersonCode code(Check check, String address, String assigner) {
        return switch (check) {
            case Check.Sound sound -> new PersonCode(address, sound.value(), Standing.VERIFIED);
            case Check.Unproven unproven ->
                new PersonCode(address, unproven.value(), address.isEmpty() ? Standing.REFUTED : Standing.UNCHECKED);
            case Check.Unsound unsound -> new PersonCode(address, unsound.value(), Standing.REFUTED);
            case Check.Shared shared -> new PersonCode(address, shared.value(), Standing.REFUTED);
            case Check.PerAssigner local ->
                assigner.isEmpty()
                        ? new PersonCode(address, local.value(), Standing.REFUTED)
                        : new PersonCode(address + ASSIGNER + assigner, local.value(), Standing.LOCAL);
        };
    }

    /** A system that the hub knows keeps its address, whichever of its names the county's NamingSystem prefers. */
    private String address(String system) {
        return known(system).map(CodeSystem::address).orElseGet(() -> systems.canonical(system));
    }

    private Optional<CodeSystem> known(String system) {
        Optional<CodeSystem> direct = CodeSystem.of(system);
        return direct.isPresent()
                ? direct
                : systems.all(system).stream()
                        .flatMap(alias -> CodeSystem.of(alias).stream())
                        .findFirst();
    }

    /**
     * Who assigned, by reference, else by identifier, else by name; empty if not said. A reference into the resource or the
     * bundle means something else in every message and counts for nothing.
     */
    private static String assigner(JsonNode reference) {
        String address = reference.path("reference").asText().strip();
        if (!address.isEmpty() && !address.startsWith("#") && !address.startsWith("urn:uuid:")) {
            int version = address.indexOf("/_history/");
            return version < 0 ? address : address.substring(0, version);
        }
        JsonNode identifier = reference.path("identifier");
        String value = CodeText.fold(identifier.path("value").asText());
        if (!value.isEmpty()) {
            return identifier.path("system").asText() + ASSIGNER + value;
        }
        return CodeText.fold(reference.path("display").asText());
    }

    private static boolean hasType(JsonNode identifier, Set<String> codes) {
        for (JsonNode coding : identifier.path("type").path("coding")) {
            if (coding.path("system").asText().equals(IDENTIFIER_TYPES)
                    && codes.contains(coding.path("code").asText())) {
                return true;
            }
        }
        return false;
    }
}
