package org.countyhub.fhir.identity.code;

/** What a number tells of itself. */
public sealed interface Check {
    /** As compared. */
    String value();

    /** A person's own, and right: its check character says so, or it is of a kind that machines read from the card. */
    record Sound(String value) implements Check {}

    /** A person's own, but a slip of the hand may have made it another's. */
    record Unproven(String value) implements Check {}

    /** Cannot be such a number; {@code diagnostics} says why, without repeating it. */
    record Unsound(String value, String diagnostics) implements Check {}

    /** One of many given out by each hospital alike: means something only together with who assigned it. */
    record PerAssigner(String value) implements Check {}

    /** Right or wrong, several people share it. */
    record Shared(String value) implements Check {}
}
