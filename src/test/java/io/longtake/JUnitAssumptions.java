package io.longtake;

import org.assertj.core.configuration.Configuration;
import org.assertj.core.configuration.PreferredAssumptionException;

/** With TestNG on the class path, for the rules of Reactive Streams, AssertJ would skip tests in its words, which JUnit takes for errors. */
public final class JUnitAssumptions extends Configuration {

    @Override
    public PreferredAssumptionException preferredAssumptionException() {
        return PreferredAssumptionException.JUNIT5;
    }
}
