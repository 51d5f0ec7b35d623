package org.countyhub.imaging.filmweb;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/** An answer that is broken off when what it is given for no longer stands: that is asked again for each megabyte. */
final class WatchedResponse extends HttpServletResponseWrapper {
    private static final int EACH = 1 << 20;

    private final Runnable stillStands;
    private @Nullable Watched watched;

    /** @param stillStands throws ProblemException when it does not */
    WatchedResponse(HttpServletResponse response, Runnable stillStands) {
        super(response);
        this.stillStands = stillStands;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (watched == null) {
            watched = new Watched(super.getOutputStream());
        }
        return watched;
    }

    private final class Watched extends ServletOutputStream {
        private final ServletOutputStream out;
        private int unwatched;

        Watched(ServletOutputStream out) {
            this.out = out;
        }

        private void passed(int bytes) throws IOException {
            unwatched += bytes;
            if (unwatched >= EACH) {
                unwatched = 0;
                try {
                    stillStands.run();
                } catch (ProblemException e) {
                    throw new IOException("the link has ended while its data were sent", e);
                }
            }
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            passed(1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            for (int at = 0; at < length; at += EACH) {
                int some = Math.min(EACH, length - at);
                out.write(bytes, from + at, some);
                passed(some);
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }
}
