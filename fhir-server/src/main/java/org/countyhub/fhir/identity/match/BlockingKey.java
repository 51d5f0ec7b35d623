package org.countyhub.fhir.identity.match;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * A value under which records that may be of one person are found. Stored, so that what hashes to what never changes.
 *
 * @param kind what it is made of; a key that too many records share tells nothing and may be skipped by its kind
 * @param hash of kind and value
 */
public record BlockingKey(Kind kind, long hash) {
    private static final HashFunction HASH = Hashing.farmHashFingerprint64();

    /** What keys are made of. Names are hashed, so that the order may change but not the names. */
    public enum Kind {
        /** A verified code. Never skip it. */
        VERIFIED_CODE,
        /** A code that is unchecked, or unique in one hospital. */
        CODE,
        /** Birth date and whole name. */
        BIRTH_NAME,
        /** Birth date and surname. */
        BIRTH_FAMILY,
        /** Birth date and given name. */
        BIRTH_GIVEN,
        /** Birth date with day and month in either order, and initials. */
        BIRTH_INITIALS,
        /** Birth date and place: postal code, township or suburb. */
        BIRTH_PLACE,
        /** Whole name in letters. */
        NAME,
        /** Whole name and year of birth. */
        NAME_YEAR,
        /** Whole name, and month and day of birth. */
        NAME_DAY,
        /** Whole name and place. */
        NAME_PLACE,
        /** Surname in letters, initials and place. */
        FAMILY_PLACE,
        /** Given names in letters, initials and place. */
        GIVEN_PLACE,
        /** Sound of the names in letters, and year of birth. */
        SOUND_YEAR,
        /** Phone. */
        PHONE,
        /** Line of the address. */
        HOUSE,
        /** Birth date and place of someone whose name is not known. */
        NAMELESS_BIRTH_PLACE,
        /** Whole name and place of someone whose birth date is not known. */
        DATELESS_NAME_PLACE;

        /** Whether it stands for a code of one person rather than for a trait that several may share. */
        public boolean isOfCode() {
            return this == VERIFIED_CODE || this == CODE;
        }
    }

    static BlockingKey of(Kind kind, String value) {
        String text = kind.name() + '|' + value;
        return new BlockingKey(
                kind, HASH.hashBytes(text.getBytes(StandardCharsets.UTF_8)).asLong());
    }
}
