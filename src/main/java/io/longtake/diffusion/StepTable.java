package io.longtake.diffusion;

import io.longtake.tensor.Tensor;

/**
 * A whole sampling as numbers, for whoever runs it where there is no sampler: on a device. Row 0 names the course's first
 * point; row i + 1 holds step i, then the point that it leads to.
 */
public final class StepTable {

    /** The five numbers of a {@link LinearStep}, in its order; alpha, sigma and time of the point. */
    public static final int COLUMNS = 8;

    private static final LinearStep NONE = new LinearStep(0, 0, 1, 0, 0);

    private final Sampler sampler;
    private final Prediction prediction;
    private final Course course;

    /**
     * @param sampler one that {@link Sampler#isDeterministic draws no noise}
     */
    public StepTable(Sampler sampler, Prediction prediction, Course course) {
        if (!sampler.isDeterministic()) {
            throw new IllegalArgumentException(sampler + " draws noise at every step: no table holds that");
        }
        this.sampler = sampler;
        this.prediction = prediction;
        this.course = course;
    }

    /** The table, (steps + 1, {@value #COLUMNS}). */
    public Tensor tensor() {
        Tensor table = Tensor.zeros(course.steps() + 1, COLUMNS);
        put(table, 0, NONE);
        for (int i = 0; i < course.steps(); i++) {
            put(table, i + 1, sampler.step(prediction, course, i));
        }
        return table;
    }

    private void put(Tensor table, int point, LinearStep step) {
        double[] row = {
            step.cleanX(),
            step.cleanY(),
            step.x(),
            step.y(),
            step.before(),
            course.alpha(point),
            course.sigma(point),
            course.time(point)
        };
        for (int c = 0; c < COLUMNS; c++) {
            table.data()[point * COLUMNS + c] = (float) row[c];
        }
    }
}
