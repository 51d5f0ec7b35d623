package org.countyhub.fhir.identity.match;

import static org.countyhub.fhir.identity.match.Level.AREA;
import static org.countyhub.fhir.identity.match.Level.DIFFERENT;
import static org.countyhub.fhir.identity.match.Level.EQUAL;
import static org.countyhub.fhir.identity.match.Level.FAMILY;
import static org.countyhub.fhir.identity.match.Level.GIVEN;
import static org.countyhub.fhir.identity.match.Level.HOMOPHONE;
import static org.countyhub.fhir.identity.match.Level.LOOSE;
import static org.countyhub.fhir.identity.match.Level.PART;
import static org.countyhub.fhir.identity.match.Level.SIMILAR;
import static org.countyhub.fhir.identity.match.Level.VARIANT;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** What of two records is compared. Stored by name. */
public enum Field {
    NAME(false, EQUAL, VARIANT, HOMOPHONE, SIMILAR, PART, LOOSE, GIVEN, FAMILY, DIFFERENT),
    BIRTH_DATE(false, EQUAL, SIMILAR, LOOSE, DIFFERENT),
    SEX(false, EQUAL, DIFFERENT),
    PHONE(true, EQUAL, SIMILAR, DIFFERENT),
    ADDRESS(true, EQUAL, SIMILAR, LOOSE, AREA, DIFFERENT),
    GUARDIAN(true, EQUAL, SIMILAR, DIFFERENT),
    CODE(false, EQUAL, SIMILAR, DIFFERENT);

    private final boolean ofHousehold;
    private final ImmutableList<Level> levels;

    Field(boolean ofHousehold, Level... levels) {
        this.ofHousehold = ofHousehold;
        this.levels = ImmutableList.copyOf(levels);
    }

    /** Whether those who live together have it in common, so that it tells the household rather than the person. */
    public boolean isOfHousehold() {
        return ofHousehold;
    }

    /** The levels that are evidence, from most to least for a match. */
    public List<Level> levels() {
        return levels;
    }
}
