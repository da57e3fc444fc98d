package io.longtake.worker;

import io.longtake.stage.Stage;

/** Where a worker gets its models from, ready to run. */
public interface Models extends AutoCloseable {

    /** A model: its stages as one, and the frames per second of its videos. */
    record Ready(Stage stages, int frameRate) {}

    /**
     * A model by name.
     *
     * @throws WrongModelException if the model of that name here is another one
     */
    Ready open(String name, String digest);

    /** Makes ready what can be before the first task, so that it takes no longer than the next. Calling again does nothing. */
    default void warmUp() {}

    @Override
    default void close() {}
}
