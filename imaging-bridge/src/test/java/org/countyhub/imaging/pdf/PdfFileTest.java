package org.countyhub.imaging.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.countyhub.imaging.ReadPdf;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PdfFileTest {
    private static byte[] file(@org.jspecify.annotations.Nullable Instant made, String text) {
        return PdfFile.of(new PdfFile.About("题目", "zh-CN", made, true), file -> file.page(210, 297)
                .text(20, 20, 4, false, PdfPage.BLACK, text));
    }

    @Test
    void aFileSaysWhatItIs() {
        try (ReadPdf read = new ReadPdf(file(Instant.parse("2026-03-01T00:00:00Z"), "一"))) {
            var information = read.document.getDocumentInformation();
            assertThat(information.getTitle()).isEqualTo("题目");
            assertThat(information.getCreationDate().toInstant()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
            var catalog = read.document.getDocumentCatalog();
            assertThat(catalog.getLanguage()).isEqualTo("zh-CN");
            assertThat(catalog.getViewerPreferences().displayDocTitle()).isTrue();
            assertThat(catalog.getViewerPreferences().getPrintScaling()).isEqualTo("None");
            read.checkThatItStandsAlone();
        }
    }

    @Test
    void theSameDrawingIsTheSameBytes() {
        assertThat(file(null, "双肺 x⁹")).isEqualTo(file(null, "双肺 x⁹"));
    }

    @Test
    void textComesBackAsItWentIn() {
        // A radical and its character have the same glyph, and letters such as f and i a common one.
        for (String text : List.of("一人心手日月水火", "office fi fl ffi", "SpO₂ ×10⁹/L", "王𬭎㛃", "Ω µ")) {
            try (ReadPdf read = new ReadPdf(file(null, text))) {
                assertThat(read.text().strip()).isEqualTo(text);
            }
        }
    }

    @Test
    void aPageThatCannotBeDrawnLeavesNothingBehind() {
        assertThatThrownBy(() -> PdfFile.of(new PdfFile.About("", "en", null, false), file -> {
                    file.page(10, 10);
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(file(null, "一")).isNotEmpty();
    }

    @Test
    void filesOfSeveralThreadsDoNotMix() throws ExecutionException, InterruptedException {
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<byte[]>> files = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String text = "第" + i + "份" + Character.toString(0x4E00 + 97 * i);
                files.add(threads.submit(() -> file(null, text)));
            }
            for (int i = 0; i < 40; i++) {
                try (ReadPdf read = new ReadPdf(files.get(i).get())) {
                    assertThat(read.text().strip()).isEqualTo("第" + i + "份" + Character.toString(0x4E00 + 97 * i));
                }
            }
        }
    }

    @Test
    @Timeout(30)
    void aCrowdIsNotKeptWaiting() throws InterruptedException, ExecutionException {
        CountDownLatch drawing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> files = new ArrayList<>();
            files.add(threads.submit(() -> PdfFile.of(new PdfFile.About("", "en", null, false), file -> {
                file.page(10, 10);
                drawing.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            })));
            drawing.await();
            for (int i = 0; i < 100; i++) {
                files.add(threads.submit(() -> file(null, "一")));
            }
            while (files.stream()
                            .filter(file -> file.state() == Future.State.FAILED)
                            .count()
                    < 84) {
                Thread.sleep(5);
            }
            go.countDown();
            int made = 0;
            for (Future<byte[]> file : files) {
                if (file.state() == Future.State.FAILED) {
                    assertThat(file.exceptionNow())
                            .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem())
                                    .isInstanceOf(Problem.Busy.class));
                } else {
                    assertThat(file.get()).isNotEmpty();
                    made++;
                }
            }
            assertThat(made).isEqualTo(17);
        }
    }
}
