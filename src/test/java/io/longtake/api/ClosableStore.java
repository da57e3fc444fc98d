package io.longtake.api;

import io.longtake.library.VideoStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A store that can be closed: then nobody is in it, and nobody gets in any more. */
final class ClosableStore implements AutoCloseable {

    private final ReentrantReadWriteLock door = new ReentrantReadWriteLock();
    private final VideoStore store;
    private boolean closed;

    ClosableStore(VideoStore inside) {
        this.store = (VideoStore) Proxy.newProxyInstance(
                VideoStore.class.getClassLoader(), new Class<?>[] {VideoStore.class}, (proxy, method, arguments) -> {
                    door.readLock().lock();
                    try {
                        if (closed) {
                            throw new IllegalStateException("the test is over");
                        }
                        return method.invoke(inside, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        door.readLock().unlock();
                    }
                });
    }

    VideoStore store() {
        return store;
    }

    @Override
    public void close() {
        door.writeLock().lock();
        closed = true;
        door.writeLock().unlock();
    }
}
