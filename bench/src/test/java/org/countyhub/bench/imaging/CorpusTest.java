package org.countyhub.bench.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.countyhub.bench.dicom.Instance;
import org.countyhub.bench.dicom.Part10Reader;
import org.countyhub.bench.load.FloorServer;
import org.countyhub.bench.load.HttpConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void writesEveryInstanceAndRemembersWhatItWas() throws IOException {
        Corpus corpus = Corpus.write(Studies.ct("a", 2, 3), directory);

        assertThat(corpus.folders()).hasSize(2);
        assertThat(corpus.instances()).hasSize(6);
        for (Sent sent : corpus.instances()) {
            byte[] file = Files.readAllBytes(sent.file());
            assertThat(file.length).isEqualTo((int) sent.bytes());
            assertThat(Part10Reader.pixelDigest(file, 0, file.length)).isEqualTo(sent.pixelDigest());
        }
        assertThat(corpus.bytes()).isGreaterThan(6 * 2L * 512 * 512);
    }

    @Test
    void theFloorServesEachFrameFromItsRange() throws IOException {
        Studies studies = Studies.us("a", 1, 4);
        Instance loop = studies.studies().getFirst().instance().apply(0);
        Sent sent = Corpus.write(studies, directory).instances().getFirst();
        List<FrameRun.Frame> frames = List.of(new FrameRun.Frame(sent, 3), new FrameRun.Frame(sent, 0));

        try (FloorServer server = FloorServer.start(new FrameServlet(frames));
                HttpConnection connection = new HttpConnection(server.base())) {
            DicomWeb web = new DicomWeb(server.base());
            assertThat(connection.exchange(web.get("0", "*/*"))).isEqualTo(200);
            assertThat(connection.bodyCopy())
                    .isEqualTo(loop.pixels().orElseThrow().frame(3))
                    .isEqualTo(frames.get(0).bytes());
            connection.exchange(web.get("1", "*/*"));
            assertThat(connection.bodyCopy())
                    .isEqualTo(loop.pixels().orElseThrow().frame(0));
        }
    }

    @Test
    void leavesNothingBehind() throws IOException {
        Corpus corpus = Corpus.write(Studies.ct("a", 1, 2), directory);
        corpus.delete();

        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }
}
