package io.longtake.client;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;
import org.testng.annotations.Test;

/** The Reactive Streams TCK on a feed, rule by rule. It is written for TestNG, whose place JUnit takes here. */
class PublisherRulesTest {

    /** How long it waits for a signal, and how long to be sure that none comes. */
    private static final TestEnvironment PATIENCE = new TestEnvironment(2000, 100);

    @TestFactory
    Stream<DynamicTest> a_feed_keeps_the_rules() {
        return Arrays.stream(Verification.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .filter(method -> !method.getName().startsWith("untested"))
                .sorted(Comparator.comparing(Method::getName))
                .map(rule -> DynamicTest.dynamicTest(rule.getName(), () -> check(rule)));
    }

    private static void check(Method rule) throws Throwable {
        Verification verification = new Verification();
        verification.setUp();
        try {
            rule.invoke(verification);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SkipException skipped) {
                throw new TestAbortedException(skipped.getMessage());
            }
            throw e.getCause();
        }
    }

    /** Public, as the rules are called by their names. */
    public static final class Verification extends FlowPublisherVerification<Delivery<Long>> {

        public Verification() {
            super(PATIENCE, 500);
        }

        @Override
        public Flow.Publisher<Delivery<Long>> createFlowPublisher(long elements) {
            // A publisher may be subscribed to many times, and each subscription reads for itself.
            return subscriber ->
                    FakeReading.feed(new FakeReading(elements, elements)).subscribe(subscriber);
        }

        @Override
        public Flow.Publisher<Delivery<Long>> createFailedFlowPublisher() {
            return subscriber -> FakeReading.feed(FakeReading.broken()).subscribe(subscriber);
        }
    }
}
