package org.countyhub.bench.demo;

import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.countyhub.bench.county.County;
import org.countyhub.kernel.Settings;

/**
 * What to load and where.
 *
 * @param base the FHIR base without a slash at the end
 * @param imaging the imaging bridge on the same host
 * @param today the day the county lives in; the same day again adds nothing, another day other reports
 */
record DemoArguments(URI base, ImagingHub imaging, int patients, int reports, long seed, LocalDate today) {
    static final String USAGE = """
            usage: demo [FHIR base URL] [--patients 500] [--reports 5000] [--seed 1] [--today 2026-01-01]
            The base URL is http://127.0.0.1:8080/fhir unless given; HUB_HTTP_PORT changes the port,
            HUB_IMAGING_PORT and HUB_DICOM_PORT those of the imaging bridge on the same host (8081 and 11112).""";

    private static final int MOST_PATIENTS = 1_000_000;
    private static final int MOST_REPORTS = 10_000_000;

    static DemoArguments parse(List<String> arguments, Settings settings) {
        String base = "http://127.0.0.1:" + settings.number("HUB_HTTP_PORT", 8080, 1, 65_535) + "/fhir";
        int patients = 500;
        int reports = 5_000;
        long seed = 1;
        LocalDate today = County.TODAY;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                base = argument;
                continue;
            }
            if (++i == arguments.size()) {
                throw new DemoFailure(argument + " needs a value\n" + USAGE);
            }
            String value = arguments.get(i);
            switch (argument) {
                case "--patients" -> patients = (int) number(argument, value, 1, MOST_PATIENTS);
                case "--reports" -> reports = (int) number(argument, value, 0, MOST_REPORTS);
                case "--seed" -> seed = number(argument, value, Long.MIN_VALUE, Long.MAX_VALUE);
                case "--today" -> today = day(argument, value);
                default -> throw new DemoFailure("unknown argument " + argument + "\n" + USAGE);
            }
        }
        URI address = address(base);
        return new DemoArguments(address, imaging(address, settings), patients, reports, seed, today);
    }

    private static ImagingHub imaging(URI base, Settings settings) {
        int port = settings.number("HUB_IMAGING_PORT", 8081, 1, 65_535);
        return new ImagingHub(
                URI.create("http://" + base.getHost() + ":" + port + "/dicomweb"),
                settings.number("HUB_DICOM_PORT", 11_112, 1, 65_535));
    }

    private static URI address(String text) {
        URI uri;
        try {
            uri = URI.create(text.replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new DemoFailure("not a URL: " + text + "\n" + USAGE);
        }
        if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
            throw new DemoFailure("not an http or https URL: " + text + "\n" + USAGE);
        }
        return uri;
    }

    private static long number(String argument, String value, long lowInclusive, long highInclusive) {
        long number;
        try {
            number = Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new DemoFailure(argument + " must be a whole number but is " + value + "\n" + USAGE);
        }
        if (number < lowInclusive || number > highInclusive) {
            throw new DemoFailure(argument + " must be from " + lowInclusive + " to " + highInclusive + " but is "
                    + value + "\n" + USAGE);
        }
        return number;
    }

    private static LocalDate day(String argument, String value) {
        try {
            return LocalDate.parse(value);
        } catch (DateTimeParseException e) {
            throw new DemoFailure(argument + " must be a day such as 2026-01-01 but is " + value + "\n" + USAGE);
        }
    }
}
