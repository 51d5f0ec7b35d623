package org.countyhub.fhir.resource.patch;

import org.jspecify.annotations.Nullable;

/** Three-valued logic (FHIRPath section 6.5); null stands for the empty answer. */
final class PathLogic {
    private PathLogic() {}

    static @Nullable Boolean not(@Nullable Boolean a) {
        return a == null ? null : Boolean.valueOf(!a);
    }

    static @Nullable Boolean and(@Nullable Boolean a, @Nullable Boolean b) {
        if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
            return false;
        }
        return (a == null || b == null) ? null : Boolean.TRUE;
    }

    static @Nullable Boolean or(@Nullable Boolean a, @Nullable Boolean b) {
        return not(and(not(a), not(b)));
    }

    static @Nullable Boolean xor(@Nullable Boolean a, @Nullable Boolean b) {
        return (a == null || b == null) ? null : Boolean.valueOf(!a.equals(b));
    }

    static @Nullable Boolean implies(@Nullable Boolean a, @Nullable Boolean b) {
        return or(not(a), b);
    }
}
