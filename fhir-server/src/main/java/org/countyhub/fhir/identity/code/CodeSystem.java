package org.countyhub.fhir.identity.code;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The identifier systems that the hub knows as cards and numbers of people. 2.16.156.10011 is the national root of the
 * document templates of WS/T 483 and WS/T 500; papers without an OID there have addresses of our own.
 *
 * <p>A number is taken for sound where its check character proves it, or where counters have a machine read it and it looks
 * as it should: the chip of the social security card, the barcode of the health card, the answer of the insurance's
 * platform. Papers that are copied by hand are never more than evidence.
 */
public enum CodeSystem {
    RESIDENT_ID("urn:oid:2.16.156.10011.1.3"),
    SOCIAL_SECURITY_CARD("urn:oid:2.16.840.1.113883.2.23.1.19.2"),
    HEALTH_CARD("urn:oid:2.16.156.10011.1.19"),
    /** The index of a person on the national platform, from which e-health card IDs are made. */
    HEALTH_CARD_INDEX("https://countyhub.org/sid/health-card-index"),
    HEALTH_RECORD("urn:oid:2.16.156.10011.1.2"),
    INSURANCE("urn:oid:2.16.156.10011.1.15"),
    PASSPORT("https://countyhub.org/sid/passport"),
    HONG_KONG_MACAO_PERMIT("https://countyhub.org/sid/hong-kong-macao-permit"),
    TAIWAN_PERMIT("https://countyhub.org/sid/taiwan-permit"),
    HOUSEHOLD_REGISTER("https://countyhub.org/sid/household-register"),
    OFFICER_CARD("https://countyhub.org/sid/officer-card"),
    BIRTH_CERTIFICATE("https://countyhub.org/sid/birth-certificate"),
    OUTPATIENT("urn:oid:2.16.156.10011.1.11"),
    INPATIENT("urn:oid:2.16.156.10011.1.12"),
    MEDICAL_RECORD("urn:oid:2.16.156.10011.1.13");

    private static final String RESIDENT_ID_ALIAS = "urn:oid:2.16.840.1.113883.2.23.1.19.1";

    private static final Pattern SOCIAL_SECURITY_NUMBER = Pattern.compile("[0-9A-Z]{9}");
    private static final Pattern HEALTH_CARD_ID = Pattern.compile("[0-9A-F]{64}");
    private static final Pattern INSURANCE_NUMBER = Pattern.compile("[0-9A-Z]{8,32}");
    private static final Pattern BIRTH_CERTIFICATE_NUMBER = Pattern.compile("[A-Z][0-9]{9}");

    private static final Map<String, CodeSystem> BY_ADDRESS = byAddress();

    private final String address;

    CodeSystem(String address) {
        this.address = address;
    }

    /** The system under an address or a built-in alias of it; empty for one that the hub does not know. */
    public static Optional<CodeSystem> of(String address) {
        return Optional.ofNullable(BY_ADDRESS.get(address));
    }

    /** The address under which its numbers are compared. */
    public String address() {
        return address;
    }

    /** What a number of this system tells of itself. */
    public Check check(String typed) {
        String folded = CodeText.fold(typed);
        if (CodeText.standsForNone(folded)) {
            return fillsTheField(folded);
        }
        return switch (this) {
            case RESIDENT_ID -> ResidentId.check(folded);
            case SOCIAL_SECURITY_CARD -> readByMachine(SOCIAL_SECURITY_NUMBER, folded);
            // The e-health card; the numbers of older cards of plastic are typed.
            case HEALTH_CARD, HEALTH_CARD_INDEX -> readByMachine(HEALTH_CARD_ID, folded);
            case INSURANCE -> readByMachine(INSURANCE_NUMBER, folded);
            case PASSPORT -> TravelDocument.passport(folded);
            case HONG_KONG_MACAO_PERMIT -> TravelDocument.hongKongMacaoPermit(folded);
            case TAIWAN_PERMIT -> TravelDocument.taiwanPermit(folded);
            case BIRTH_CERTIFICATE ->
                BIRTH_CERTIFICATE_NUMBER.matcher(folded).matches()
                        ? new Check.Unproven(folded)
                        : new Check.Unsound(folded, "the number of a birth certificate is a letter and nine digits");
            // Records are numbered in sequence, village by village, and copied by hand: one wrong digit is the
            // neighbour.
            case HEALTH_RECORD, OFFICER_CARD -> new Check.Unproven(folded);
            // Of a family, not of a person.
            case HOUSEHOLD_REGISTER -> new Check.Shared(folded);
            case OUTPATIENT, INPATIENT, MEDICAL_RECORD -> new Check.PerAssigner(folded);
        };
    }

    /** What a number of a system that the hub does not know tells of itself. */
    public static Check checkUnknown(String typed) {
        String folded = CodeText.fold(typed);
        return CodeText.standsForNone(folded) ? fillsTheField(folded) : new Check.Unproven(folded);
    }

    /** What a number tells of itself that each hospital gives out alike, in whatever system. */
    public static Check checkPerAssigner(String typed) {
        String folded = CodeText.fold(typed);
        return CodeText.standsForNone(folded) ? fillsTheField(folded) : new Check.PerAssigner(folded);
    }

    /**
     * Whether a person keeps one number for life, so that two different ones are two people. Cards of all other kinds are
     * issued again under new numbers, or held twice, by one person.
     */
    public boolean onePerPerson() {
        return this == RESIDENT_ID || this == BIRTH_CERTIFICATE;
    }

    private static Check fillsTheField(String folded) {
        return new Check.Unsound(folded, "the value stands for no number");
    }

    private static Check readByMachine(Pattern shape, String folded) {
        return shape.matcher(folded).matches() ? new Check.Sound(folded) : new Check.Unproven(folded);
    }

    private static Map<String, CodeSystem> byAddress() {
        Map<String, CodeSystem> systems = new HashMap<>();
        Arrays.stream(values()).forEach(system -> systems.put(system.address, system));
        systems.put(RESIDENT_ID_ALIAS, RESIDENT_ID);
        return Map.copyOf(systems);
    }
}
