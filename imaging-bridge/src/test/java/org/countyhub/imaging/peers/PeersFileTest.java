package org.countyhub.imaging.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeersFileTest {
    private static final String SOURCE = """
            "id": "haidu", "patientSystem": "https://his.haidu.example.org/patient",
            "accessionSystem": "https://ris.haidu.example.org/accession"
            """;
    private static final String DEVICE = """
            {"aeTitle": "CT1", "addresses": ["10.1.2.0/24", "127.0.0.1"], "may": ["store"]}
            """;

    private static Peers parse(String sources) {
        return PeersFile.parse("{\"sources\": [" + sources + "]}", "peers.json");
    }

    private static Peers devices(String devices) {
        return parse("{" + SOURCE + ", \"devices\": [" + devices + "]}");
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @Test
    void theExampleInTheDocumentationIsRead() {
        Peers peers = PeersFile.read(Path.of("../docs/examples/imaging-peers.json"));
        assertThat(peers.sources()).extracting("id").containsExactly("haidu", "chengguan");
        assertThat(peers.destination("READING1")).isPresent();
    }

    @Test
    void aDeviceIsKnownByItsTitleAndItsAddressTogether() throws UnknownHostException {
        Peers peers = devices(DEVICE);
        assertThat(peers.device("CT1", address("10.1.2.77"), null)).isInstanceOf(Peers.Known.class);
        assertThat(peers.device("CT1", address("10.1.3.1"), null))
                .isEqualTo(new Peers.Unknown("this AE title may not call from there"));
        assertThat(peers.device("CT2", address("10.1.2.77"), null)).isEqualTo(new Peers.Unknown("no such AE title"));
        assertThat(peers.device("ct1", address("10.1.2.77"), null)).isInstanceOf(Peers.Unknown.class);
    }

    @Test
    void whoHasToShowACertificateIsUnknownWithoutIt() throws UnknownHostException {
        Peers peers = devices("""
                {"aeTitle": "CT1", "addresses": ["10.1.2.3"], "may": ["store"], "certificateSha256": "%s"}
                """.formatted("ab".repeat(32)));
        assertThat(peers.device("CT1", address("10.1.2.3"), null))
                .isEqualTo(new Peers.Unknown("it has not shown its certificate"));
    }

    @Test
    void oneTitleMayBeTwoDevicesOfTwoHospitals() throws UnknownHostException {
        Peers peers = parse("{" + SOURCE + ", \"devices\": [" + DEVICE + "]}, {" + SOURCE.replace("haidu", "other")
                + ", \"devices\": ["
                + DEVICE.replace("10.1.2.0/24", "10.9.0.0/16").replace("127.0.0.1", "::1") + "]}");
        assertThat(peers.device("CT1", address("10.9.1.1"), null))
                .isInstanceOfSatisfying(
                        Peers.Known.class,
                        known -> assertThat(known.device().source().id()).isEqualTo("other"));
    }

    @Test
    void withoutAFileOnlyThisMachineMayCall() throws UnknownHostException {
        Peers peers = new Peers.Loopback();
        assertThat(peers.device("ANY", address("127.0.0.1"), null)).isInstanceOf(Peers.Known.class);
        assertThat(peers.device("ANY", address("192.0.2.1"), null)).isInstanceOf(Peers.Unknown.class);
    }

    @Test
    void whatADeviceMayDoIsWhatIsWritten() {
        Peers peers = devices(DEVICE.replace("[\"store\"]", "[\"query\", \"retrieve\"]"));
        assertThat(peers.devices().getFirst().may()).isEqualTo(Set.of(Permission.QUERY, Permission.RETRIEVE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "may": ["store"]            | "may": ["stor"]                  | sources[0].devices[0].may
                    "aeTitle": "CT1"            | "aeTitle": "A-TITLE-TOO-LONG-1"  | sources[0].devices[0].aeTitle
                    "10.1.2.0/24"               | "10.1.2.1/24"                    | sources[0].devices[0].addresses[0]: 10.1.2.1/24 has bits beyond
                    "10.1.2.0/24"               | "ct1.example.org"                | sources[0].devices[0].addresses[0]
                    "127.0.0.1"                 | "127.0.0.1/33"                   | sources[0].devices[0].addresses[1]
                    "may":                      | "port": 104, "may":              | sources[0].devices[0].host: missing
                    "may":                      | "host": "10.1.2.3", "may":       | sources[0].devices[0].port: missing
                    "may":                      | "notify": true, "may":           | sources[0].devices[0].notify
                    "may":                      | "maxAssociations": 0, "may":     | sources[0].devices[0].maxAssociations
                    "may":                      | "certificateSha256": "AB", "may": | sources[0].devices[0].certificateSha256
                    "may":                      | "colour": "blue", "may":         | colour
                    "id": "haidu"               | "id": "Hai Du"                   | sources[0].id
                    "id": "haidu",              | ""                               | sources[0].id: missing
                    "patientSystem": "https://his.haidu.example.org/patient" | "patientSystem": "his" | sources[0].patientSystem
                    "id": "haidu",              | "id": "haidu", "characterSet": "BIG5", | sources[0].characterSet
                    "id": "haidu",              | "id": "haidu", "id": "haidu",    | Duplicate
                    "id": "haidu",              | "id": "haidu", "issuers": {"HDHIS": "his"}, | sources[0].issuers.HDHIS
                    """)
    void whateverIsWrongIsRefusedWithItsPlace(String right, String wrong, String place) {
        String file = "{\"sources\": [{" + SOURCE + ", \"devices\": [" + DEVICE + "]}]}";
        assertThat(file).contains(right);
        String changed = file.replaceFirst(Pattern.quote(right), wrong.equals("\"\"") ? "" : wrong);
        assertThatThrownBy(() -> PeersFile.parse(changed, "peers.json"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HUB_IMAGING_PEERS: peers.json: ")
                .hasMessageContaining(place);
    }

    @Test
    void devicesOfOneTitleMayNotShareAddresses() {
        for (String second : List.of("10.1.2.9", "10.1.0.0/16", "127.0.0.1")) {
            String other = DEVICE.replace("\"10.1.2.0/24\", \"127.0.0.1\"", "\"" + second + "\"");
            assertThatThrownBy(() -> devices(DEVICE + "," + other)).hasMessageContaining("devices[1].addresses");
        }
    }

    @Test
    void anEmptyFileIsRefused() {
        for (String file : List.of("", "null", "{}", "{\"sources\": []}", "{\"sources\": [null]}", "{} {}")) {
            assertThatThrownBy(() -> PeersFile.parse(file, "peers.json")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Readers readers(String readers) {
        return PeersFile.parse("{\"sources\": [{" + SOURCE + "}], \"readers\": " + readers + "}", "peers.json")
                .readers()
                .orElseThrow();
    }

    @Test
    void aFileThatNamesNoReadersHasNone() {
        assertThat(parse("{" + SOURCE + "}").readers()).isEmpty();
        assertThat(new Peers.Loopback().readers()).isEmpty();
    }

    @Test
    void readersAreDoctorsThroughAGatewayOnThisMachineUnlessItIsSaidOtherwise() throws UnknownHostException {
        Readers readers = readers("{}");
        assertThat(readers.roles()).containsExactly(Readers.DOCTOR);
        assertThat(readers.careDays()).isEqualTo(30);
        assertThat(readers.county()).isEmpty();
        InetAddress here = address("::1");
        InetAddress elsewhere = address("10.1.2.3");
        assertThat(readers.gateways())
                .anyMatch(range -> range.contains(here))
                .noneMatch(range -> range.contains(elsewhere));
    }

    @Test
    void whatIsSaidOfReadersHolds() throws UnknownHostException {
        Readers readers = readers("""
                {"gateways": ["10.1.0.4"], "roles": ["https://his.haidu.example.org/role|doctor"], "careDays": 0, "county": ["Organization/r"]}
                """);
        InetAddress gateway = address("10.1.0.4");
        InetAddress here = address("127.0.0.1");
        assertThat(readers.gateways())
                .anyMatch(range -> range.contains(gateway))
                .noneMatch(range -> range.contains(here));
        assertThat(readers.roles()).containsExactly("https://his.haidu.example.org/role|doctor");
        assertThat(readers.careDays()).isZero();
        assertThat(readers.county()).containsExactly("Organization/r");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"gateways\": [\"gateway.example.org\"]}; readers.gateways[0]",
                "{\"roles\": [\"http://a.example.org|x\", \"doctor\"]}; readers.roles[1]: must be [system]|[code]",
                "{\"roles\": [null]}; readers.roles[0]: missing",
                "{\"careDays\": -1}; readers.careDays: must be from 0 to 366",
                "{\"county\": [\"Practitioner/1\"]}; readers.county[0]: must be Organization/[id]",
                "{\"who\": 1}; who",
            })
    void whatIsWrongOfReadersIsToldWithItsPlace(String readers, String told) {
        assertThatThrownBy(() -> readers(readers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("peers.json")
                .hasMessageContaining(told);
    }
}
