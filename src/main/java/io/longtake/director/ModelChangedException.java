package io.longtake.director;

import io.longtake.event.PromptEvent;

/** A film was planned with a model that this director does not have (any more): it cannot go on with another. */
final class ModelChangedException extends RuntimeException {

    private final transient PromptEvent order;

    ModelChangedException(PromptEvent order, String digest) {
        super("model " + order.getModel() + " with digest " + digest + " is no longer installed; the film was planned"
                + " with it and cannot be finished with another");
        this.order = order;
    }

    PromptEvent order() {
        return order;
    }
}
