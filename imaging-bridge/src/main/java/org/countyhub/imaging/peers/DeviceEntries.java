package org.countyhub.imaging.peers;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.countyhub.imaging.study.Source;
import org.jspecify.annotations.Nullable;

/** The devices of the file. */
final class DeviceEntries {
    private static final int DEFAULT_ASSOCIATIONS = 10;
    private static final int MAX_ASSOCIATIONS = 100;

    private DeviceEntries() {}

    /** Adds the devices of a source to those that are there. */
    static void add(
            @Nullable List<PeersFile.DeviceEntry> entries, Source source, Place sourcePlace, List<Device> devices) {
        int index = 0;
        for (PeersFile.DeviceEntry entry : entries == null ? List.<PeersFile.DeviceEntry>of() : entries) {
            Place place = sourcePlace.at(".devices[" + index++ + "]");
            Device device = device(place.there(entry), source, place);
            devices.forEach(other -> apart(other, device, place));
            devices.add(device);
        }
    }

    /** Two devices of one AE title have addresses of their own, and one at most is called. */
    private static void apart(Device other, Device device, Place place) {
        if (!other.aeTitle().equals(device.aeTitle())) {
            return;
        }
        for (AddressRange range : device.addresses()) {
            if (other.addresses().stream().anyMatch(range::overlaps)) {
                throw place.at(".addresses").wrong(range + " is another " + device.aeTitle() + "'s already");
            }
        }
        if (other.called() != null && device.called() != null) {
            throw place.at(".host").wrong("another " + device.aeTitle() + " is called already");
        }
    }

    private static Device device(PeersFile.DeviceEntry entry, Source source, Place place) {
        return new Device(
                source,
                place.at(".aeTitle")
                        .matching(
                                entry.aeTitle(),
                                "[!-\\[\\]-~]([ -\\[\\]-~]{0,14}[!-\\[\\]-~])?",
                                "1 to 16 ASCII characters"),
                place.at(".addresses").addresses(entry.addresses()),
                endpoint(entry, place),
                may(entry.may(), place.at(".may")),
                place.at(".maxAssociations")
                        .number(
                                entry.maxAssociations() == null ? DEFAULT_ASSOCIATIONS : entry.maxAssociations(),
                                1,
                                MAX_ASSOCIATIONS),
                entry.certificateSha256() == null
                        ? null
                        : place.at(".certificateSha256")
                                .matching(entry.certificateSha256(), "[0-9a-f]{64}", "64 small hexadecimal digits"),
                Boolean.TRUE.equals(entry.notified()) && called(entry, place));
    }

    private static boolean called(PeersFile.DeviceEntry entry, Place place) {
        if (entry.host() == null) {
            throw place.at(".notify").wrong("whoever is notified needs a host and a port");
        }
        return true;
    }

    private static Device.@Nullable Endpoint endpoint(PeersFile.DeviceEntry entry, Place place) {
        if (entry.host() == null && entry.port() == null) {
            if (entry.tls() != null) {
                throw place.at(".tls").wrong("says how it is called, but there is no host");
            }
            return null;
        }
        return new Device.Endpoint(
                place.at(".host").matching(entry.host(), "[A-Za-z0-9.:-]{1,253}", "a host name or an address"),
                place.at(".port").number(place.at(".port").there(entry.port()), 1, 65_535),
                Boolean.TRUE.equals(entry.tls()));
    }

    private static Set<Permission> may(@Nullable List<String> words, Place place) {
        Set<Permission> may = EnumSet.noneOf(Permission.class);
        for (String word : place.there(words)) {
            may.add(Permission.of(String.valueOf(word))
                    .orElseThrow(() -> place.wrong("must be store, query, retrieve or worklist but has " + word)));
        }
        return may;
    }
}
