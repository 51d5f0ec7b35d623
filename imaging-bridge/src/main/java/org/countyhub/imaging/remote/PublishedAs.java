package org.countyhub.imaging.remote;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.countyhub.kernel.Settings;

/**
 * What the hub says of itself in what it publishes.
 *
 * @param dicomweb the address of DICOMweb as clients reach it
 * @param film the address of cloud film as patients' browsers reach it
 * @param zone of dates and times that name none
 */
public record PublishedAs(String dicomweb, String film, ZoneId zone) {
    /** HUB_IMAGING_BASE_URL, HUB_FILM_BASE_URL and HUB_TIME_ZONE. */
    public static PublishedAs of(Settings settings) {
        String name = "HUB_IMAGING_BASE_URL";
        String address = HttpAddress.of(name, settings.text(name, "http://127.0.0.1:8081/dicomweb"));
        String filmName = "HUB_FILM_BASE_URL";
        String film =
                HttpAddress.of(filmName, settings.text(filmName, address.replaceFirst("/dicomweb$", "") + "/film"));
        String zone = settings.text("HUB_TIME_ZONE", "Asia/Shanghai");
        try {
            return new PublishedAs(address, film, ZoneId.of(zone));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("HUB_TIME_ZONE must be a zone such as Asia/Shanghai but is " + zone, e);
        }
    }
}
