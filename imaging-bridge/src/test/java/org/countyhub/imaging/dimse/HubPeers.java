package org.countyhub.imaging.dimse;

/** Who takes part in these tests: two hospitals on this machine. */
final class HubPeers {
    static final String FILE = file(104, "");

    private HubPeers() {}

    /**
     * The file.
     *
     * @param port where READING1 of the first and READING2 of the other hospital listen, the latter one higher
     * @param more members of READING1
     */
    static String file(int port, String more) {
        return """
                {"sources": [
                  {"id": "haidu", "patientSystem": "https://his.haidu.example.org/patient",
                   "accessionSystem": "https://ris.haidu.example.org/accession",
                   "devices": [
                     {"aeTitle": "CT1", "addresses": ["127.0.0.1"], "may": ["store", "query", "retrieve", "worklist"],
                      "maxAssociations": 30},
                     {"aeTitle": "READING1", "addresses": ["127.0.0.0/8"], "host": "127.0.0.1", "port": %d,
                      "may": ["query", "retrieve"]%s},
                     {"aeTitle": "FARAWAY", "addresses": ["192.0.2.0/24"], "may": ["store"]}]},
                  {"id": "chengguan", "patientSystem": "https://his.chengguan.example.org/patient",
                   "accessionSystem": "https://ris.chengguan.example.org/accession",
                   "issuers": {"HDHIS": "https://his.haidu.example.org/patient"},
                   "devices": [
                     {"aeTitle": "READING2", "addresses": ["127.0.0.1"], "host": "127.0.0.1", "port": %d,
                      "may": ["query", "retrieve"]}]}]}
                """.formatted(port, more, port + 1);
    }
}
