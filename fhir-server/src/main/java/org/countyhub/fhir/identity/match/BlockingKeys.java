package org.countyhub.fhir.identity.match;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.codec.language.Metaphone;
import org.countyhub.fhir.identity.Demographics;
import org.countyhub.fhir.identity.PersonCode;
import org.countyhub.fhir.identity.PersonCode.Standing;
import org.countyhub.fhir.identity.match.BlockingKey.Kind;
import org.countyhub.fhir.identity.match.names.ComparableName;

/**
 * The keys of a record: two records of one person share at least one, even with a slip in the name or in the birth date. Names
 * go in by sound, so that homophones, variants and the order of surname and given name make no difference.
 */
public final class BlockingKeys {
    private static final int LONGEST_SOUND = 4;

    private final Traits traits;
    private final Set<BlockingKey> keys = new LinkedHashSet<>();

    private BlockingKeys(Traits traits) {
        this.traits = traits;
    }

    /**
     * The keys by which others are to be found that may be the same person. Those of places are shared by everyone born in the
     * place on one day, or of one name; in Chinese, where name and birth date are known, all of them that are the same person
     * share another key, but for those of whom the one or the other is not known.
     *
     * @param kept the keys of the same record
     */
    public static Set<BlockingKey> asked(Traits traits, Set<BlockingKey> kept) {
        Set<BlockingKey> asked = new LinkedHashSet<>(kept);
        BlockingKeys rare = new BlockingKeys(traits);
        if (rare.chinese() && !traits.names().isEmpty() && !traits.birthDates().isEmpty()) {
            asked.removeIf(key -> key.kind() == Kind.BIRTH_PLACE || key.kind() == Kind.NAME_PLACE);
            rare.addRare();
        }
        asked.removeIf(key -> key.kind() == Kind.NAMELESS_BIRTH_PLACE || key.kind() == Kind.DATELESS_NAME_PLACE);
        asked.addAll(rare.keys);
        return asked;
    }

    private void addRare() {
        for (String place : places()) {
            traits.birthDates().forEach(date -> add(Kind.NAMELESS_BIRTH_PLACE, date, place));
            traits.names().forEach(name -> add(Kind.DATELESS_NAME_PLACE, name.sound(), place));
        }
    }

    public static Set<BlockingKey> of(Demographics record) {
        return of(Traits.of(record));
    }

    public static Set<BlockingKey> of(Traits traits) {
        BlockingKeys made = new BlockingKeys(traits);
        made.addAll();
        return made.keys;
    }

    private void addAll() {
        for (PersonCode code : traits.codes()) {
            Kind kind = code.standing() == Standing.VERIFIED ? Kind.VERIFIED_CODE : Kind.CODE;
            // Another source may not know that the code is verified.
            add(kind, code.system(), code.value());
            if (kind == Kind.VERIFIED_CODE) {
                add(Kind.CODE, code.system(), code.value());
            }
        }
        for (String phone : traits.phones()) {
            add(Kind.PHONE, phone);
        }
        for (ComparableAddress address : traits.addresses()) {
            if (!address.text().isEmpty()) {
                add(Kind.HOUSE, address.text().replace(" ", ""));
            }
        }
        List<String> places = places();
        for (String date : traits.birthDates()) {
            places.forEach(place -> add(Kind.BIRTH_PLACE, date, place));
        }
        if (traits.names().isEmpty() || traits.birthDates().isEmpty()) {
            addRare();
        }
        for (ComparableName name : traits.names()) {
            addBirth(name);
            places.forEach(place -> add(Kind.NAME_PLACE, name.sound(), place));
            if (!name.han()) {
                // Chinese names are few; alone they would find half the town.
                add(Kind.NAME, name.sound());
                for (String place : places) {
                    add(Kind.FAMILY_PLACE, name.familySound(), initials(name), place);
                    add(Kind.GIVEN_PLACE, name.givenSound(), initials(name), place);
                }
            }
        }
    }

    private void addBirth(ComparableName name) {
        for (String date : traits.birthDates()) {
            String year = date.substring(0, 4);
            if (!name.han()) {
                // In Chinese, records of one name share initials as well, and the year.
                add(Kind.BIRTH_NAME, date, name.sound());
            }
            addUnlessEmpty(Kind.BIRTH_FAMILY, date, name.familySound());
            addUnlessEmpty(Kind.BIRTH_GIVEN, date, name.givenSound());
            String turned = BirthDates.turned(date);
            add(Kind.BIRTH_INITIALS, date.compareTo(turned) < 0 ? date : turned, initials(name));
            add(Kind.NAME_YEAR, name.sound(), year);
            add(Kind.NAME_DAY, name.sound(), date.substring(4));
            if (!name.han()) {
                add(Kind.SOUND_YEAR, sound(name), year);
            }
        }
    }

    private static String initials(ComparableName name) {
        String family = firstOf(name.familySound(), name.givenSound()).substring(0, 1);
        String given = firstOf(name.givenSound(), name.familySound()).substring(0, 1);
        return family.compareTo(given) < 0 ? family + given : given + family;
    }

    private static String sound(ComparableName name) {
        Metaphone metaphone = new Metaphone();
        metaphone.setMaxCodeLen(LONGEST_SOUND);
        String family = metaphone.metaphone(name.familySound());
        String given = metaphone.metaphone(name.givenSound());
        return family.compareTo(given) < 0 ? family + ' ' + given : given + ' ' + family;
    }

    /** Whether no name is in letters. In Chinese addresses the area is written, and the postal code of a county is one. */
    private boolean chinese() {
        return traits.names().stream().allMatch(ComparableName::han);
    }

    private List<String> places() {
        List<String> places = new ArrayList<>();
        for (ComparableAddress address : traits.addresses()) {
            String area = firstOf(address.district(), address.city());
            if (!area.isEmpty()) {
                places.add(area);
            }
            if (!address.postalCode().isEmpty() && (area.isEmpty() || !chinese())) {
                places.add(address.postalCode());
            }
        }
        return places;
    }

    private static String firstOf(String a, String b) {
        return a.isEmpty() ? b : a;
    }

    private void addUnlessEmpty(Kind kind, String date, String sound) {
        if (!sound.isEmpty()) {
            add(kind, date, sound);
        }
    }

    private void add(Kind kind, String... values) {
        keys.add(BlockingKey.of(kind, String.join("|", values)));
    }
}
