package io.longtake;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * That a test can fail by what it finds: it calls an assertion, itself or through methods of its own class, or a method that says by
 * its name that it is one.
 */
final class Asserts extends ArchCondition<JavaMethod> {

    private static final List<String> LIBRARIES = List.of(
            "org.assertj.core.api.",
            "org.junit.jupiter.api.Assertions",
            "com.microsoft.playwright.assertions.",
            "com.tngtech.archunit.lang.",
            "org.reactivestreams.tck.");

    private static final Pattern NAME = Pattern.compile("(assert|verify|await|until|require).*");

    Asserts() {
        super("assert something");
    }

    @Override
    public void check(JavaMethod test, ConditionEvents events) {
        boolean asserts = asserts(test, test.getOwner(), new HashSet<>());
        events.add(new SimpleConditionEvent(test, asserts, test.getFullName() + " asserts nothing"));
    }

    private static boolean asserts(JavaCodeUnit unit, JavaClass test, Set<JavaCodeUnit> seen) {
        return seen.add(unit) && unit.getAccessesFromSelf().stream().anyMatch(access -> asserts(access, test, seen));
    }

    private static boolean asserts(JavaAccess<?> access, JavaClass test, Set<JavaCodeUnit> seen) {
        JavaClass owner = access.getTargetOwner();
        boolean waits = owner.getName().startsWith("com.microsoft.playwright.")
                && access.getName().startsWith("waitFor");
        if (waits
                || LIBRARIES.stream().anyMatch(owner.getName()::startsWith)
                || owner.isAssignableTo(AssertionError.class)) {
            return true;
        }
        if (!owner.getPackageName().startsWith("io.longtake")) {
            return false;
        }
        boolean own = test.isAssignableTo(owner.getName())
                || owner.getEnclosingClass().filter(test::equals).isPresent();
        return own
                ? access.getTarget()
                        .resolveMember()
                        .filter(JavaCodeUnit.class::isInstance)
                        .map(JavaCodeUnit.class::cast)
                        .filter(called -> asserts(called, test, seen))
                        .isPresent()
                : NAME.matcher(access.getName()).matches();
    }
}
