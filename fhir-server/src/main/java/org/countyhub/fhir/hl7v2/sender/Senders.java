package org.countyhub.fhir.hl7v2.sender;

import java.util.List;
import java.util.Optional;

/** All systems that may send. */
public record Senders(List<Sender> all) {
    public Senders {
        all = List.copyOf(all);
    }

    /** Who says so of itself; nothing proves it. */
    public Optional<Sender> find(String application, String facility) {
        return all.stream()
                .filter(sender -> sender.application().equals(application)
                        && sender.facility().equals(facility))
                .findFirst();
    }

    /** The hospital of a facility code (CX-6.1), if it is one of a sender's. */
    public Optional<String> organization(String facility) {
        return all.stream()
                .filter(sender -> sender.facility().equals(facility))
                .map(Sender::organization)
                .findFirst();
    }
}
