package org.countyhub.bench.county;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a person may show at a counter. The national root of the systems is 2.16.156.10011; outpatient, inpatient and record
 * numbers are unique only together with the hospital that assigned them.
 */
public enum CardType {
    RESIDENT_ID("居民身份证", "2.16.156.10011.1.3", "2.16.840.1.113883.2.23.1.19.1", "NI", false),
    SOCIAL_SECURITY_CARD("社会保障卡", "2.16.840.1.113883.2.23.1.19.2", null, "SS", false),
    HEALTH_CARD("居民健康卡", "2.16.156.10011.1.19", null, "HC", false),
    HEALTH_RECORD("健康档案编号", "2.16.156.10011.1.2", null, null, false),
    INSURANCE("医保个人编号", "2.16.156.10011.1.15", null, "MB", false),
    OUTPATIENT("门诊号", "2.16.156.10011.1.11", null, null, true),
    INPATIENT("住院号", "2.16.156.10011.1.12", null, null, true),
    MEDICAL_RECORD("病案号", "2.16.156.10011.1.13", null, "MR", true);

    private final String display;
    private final String oid;
    private final @Nullable String aliasOid;
    private final @Nullable String hl7Code;
    private final boolean perHospital;

    CardType(String display, String oid, @Nullable String aliasOid, @Nullable String hl7Code, boolean perHospital) {
        this.display = display;
        this.oid = oid;
        this.aliasOid = aliasOid;
        this.hl7Code = hl7Code;
        this.perHospital = perHospital;
    }

    /** The code in the county's code system card-type and the id of the NamingSystem, such as {@code resident-id}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String display() {
        return display;
    }

    /** The canonical identifier system. */
    public String system() {
        return Systems.OID + oid;
    }

    String oid() {
        return oid;
    }

    /** Another OID under which some senders know the same numbers. */
    @Nullable
    String aliasOid() {
        return aliasOid;
    }

    /** The code in HL7 table 0203, where it has one for this card. */
    @Nullable
    String hl7Code() {
        return hl7Code;
    }

    /** Whether the number means something only together with the hospital that assigned it. */
    public boolean perHospital() {
        return perHospital;
    }
}
