package org.countyhub.imaging.store;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys of new blobs: a folder for the hour, then time and chance, never anything that was sent. */
final class BlobKeys {
    private static final DateTimeFormatter FOLDER = new DateTimeFormatterBuilder()
            .appendPattern("uuuu/MM/dd/HH")
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern HOUR = Pattern.compile("([0-9]{4}/[0-9]{2}/[0-9]{2}/[0-9]{2})/");

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    BlobKeys(Clock clock) {
        this.clock = clock;
    }

    String next() {
        Instant now = clock.instant();
        byte[] id = new byte[12];
        random.nextBytes(id);
        return folder(now) + "/" + Long.toHexString(now.toEpochMilli())
                + HexFormat.of().formatHex(id) + ".dcm";
    }

    /** The folder of blobs that begin in the same hour, such as {@code 2026/11/29/06}. */
    static String folder(Instant moment) {
        return FOLDER.format(moment);
    }

    /** The hour that a key begins with; empty for what is no key of a blob. */
    static Optional<Instant> hour(String key) {
        Matcher matcher = HOUR.matcher(key);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    FOLDER.parse(matcher.group(1), LocalDateTime::from).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
