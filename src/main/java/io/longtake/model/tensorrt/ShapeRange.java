package io.longtake.model.tensorrt;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Sizes that one optimisation profile takes for one input, and the one that it is tuned for. */
record ShapeRange(Shape min, Shape opt, Shape max) {

    ShapeRange {
        for (int axis = 0; axis < opt.dimension(); axis++) {
            if (min.dimension() != opt.dimension()
                    || max.dimension() != opt.dimension()
                    || min.get(axis) < 1
                    || min.get(axis) > opt.get(axis)
                    || opt.get(axis) > max.get(axis)) {
                throw new IllegalArgumentException(
                        "shapes must have as many axes each, and 1 <= min <= opt <= max along"
                                + " every one, found min " + min + ", opt " + opt + ", max " + max);
            }
        }
    }

    /** Reads {@code 1x8x4/2x8x4/4x8x4} (min, opt, max) or {@code 2x8x4} (all three). */
    static ShapeRange parse(String text) {
        String[] parts = text.strip().split("/");
        if (parts.length != 1 && parts.length != 3) {
            throw new IllegalArgumentException("a profile is min/opt/max or one shape, found '" + text + "'");
        }
        Shape[] shapes = Arrays.stream(parts).map(ShapeRange::shape).toArray(Shape[]::new);
        return parts.length == 1
                ? new ShapeRange(shapes[0], shapes[0], shapes[0])
                : new ShapeRange(shapes[0], shapes[1], shapes[2]);
    }

    boolean takes(Shape shape) {
        return shape.dimension() == opt.dimension()
                && LongStream.range(0, shape.dimension())
                        .mapToInt(Math::toIntExact)
                        .allMatch(axis -> shape.get(axis) >= min.get(axis) && shape.get(axis) <= max.get(axis));
    }

    private static Shape shape(String text) {
        try {
            return new Shape(Arrays.stream(text.strip().split("x"))
                    .mapToLong(Long::parseLong)
                    .toArray());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "a shape is sizes with x between, as in 2x8x4x40x64, found '" + text + "'");
        }
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return text(min) + "/" + text(opt) + "/" + text(max);
    }

    private static String text(Shape shape) {
        return Arrays.stream(shape.getShape()).mapToObj(Long::toString).collect(Collectors.joining("x"));
    }
}
