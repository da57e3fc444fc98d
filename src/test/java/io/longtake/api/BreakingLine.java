package io.longtake.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to a server that can break: an address of its own, whose connections end when the test says so. */
final class BreakingLine implements AutoCloseable {

    private final ServerSocket entrance;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** @param server port on this machine */
    BreakingLine(int server) throws IOException {
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(() -> {
            while (true) {
                Socket in = entrance.accept();
                Socket out = new Socket(InetAddress.getLoopbackAddress(), server);
                open.add(in);
                open.add(out);
                start(() -> carry(in, out));
                start(() -> carry(out, in));
            }
        });
    }

    String address() {
        return "localhost:" + entrance.getLocalPort();
    }

    /** Ends every connection; new ones may come. */
    void cut() throws IOException {
        for (Socket socket : open) {
            open.remove(socket);
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }

    private static void carry(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // somebody has ended it: that is what it is for
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
