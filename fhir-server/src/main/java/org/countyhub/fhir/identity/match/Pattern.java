package org.countyhub.fhir.identity.match;

/** The levels of all fields, packed: four bits for each field in the order of {@link Field}. Never stored. */
@SuppressWarnings(
        "EnumOrdinal") // A pattern is made and counted for every pair that is compared; nothing outlives the process.
public record Pattern(int bits) {
    private static final int BITS = 4;
    private static final int MASK = 15;
    private static final Level[] LEVELS = Level.values();

    /** Nothing is known of any field. */
    public static final Pattern EMPTY = empty();

    public Level level(Field field) {
        return LEVELS[(bits >>> (BITS * field.ordinal())) & MASK];
    }

    public Pattern with(Field field, Level level) {
        int shift = BITS * field.ordinal();
        return new Pattern((bits & ~(MASK << shift)) | (level.ordinal() << shift));
    }

    private static Pattern empty() {
        Pattern pattern = new Pattern(0);
        for (Field field : Field.values()) {
            pattern = pattern.with(field, Level.MISSING);
        }
        return pattern;
    }
}
