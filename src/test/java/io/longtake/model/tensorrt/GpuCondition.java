package io.longtake.model.tensorrt;

import ai.djl.engine.EngineException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Asks the engine whether it can run here. */
final class GpuCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            return ConditionEvaluationResult.enabled("asked for each test");
        }
        try {
            return ConditionEvaluationResult.enabled(
                    new TensorRtEngineProvider().getEngine().toString());
        } catch (EngineException e) {
            // The build's own summary counts skipped tests and does not name them.
            System.out.println("[gpu] skipped " + context.getRequiredTestClass().getSimpleName() + "."
                    + context.getRequiredTestMethod().getName() + ": "
                    + e.getMessage().split("(?<=[.)]) ")[0]);
            return ConditionEvaluationResult.disabled(e.getMessage());
        }
    }
}
