package org.countyhub.bench.imaging;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/** Frames by their number: a file opened, a range of it copied to the connection, and nothing else. */
final class FrameServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient List<FrameRun.Frame> frames;

    FrameServlet(List<FrameRun.Frame> frames) {
        this.frames = frames;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        FrameRun.Frame frame = frames.get(Integer.parseInt(request.getPathInfo().substring(1)));
        response.setContentType("application/octet-stream");
        response.setContentLength(frame.length());
        OutputStream out = response.getOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        long position = frame.sent().framePositions()[frame.index()];
        long end = position + frame.length();
        try (FileChannel file = FileChannel.open(frame.sent().file())) {
            while (position < end) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
                position += file.read(buffer, position);
                out.write(buffer.array(), 0, buffer.position());
            }
        }
    }
}
