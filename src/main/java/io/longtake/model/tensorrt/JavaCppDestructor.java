package io.longtake.model.tensorrt;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;

/**
 * Deletes objects of TensorRT. The presets wrap what TensorRT's functions return without a deallocator, so that their
 * {@code deallocate()} does nothing (bytedeco/javacpp-presets issue 1699), and TensorRT 10 has no {@code destroy()} any more.
 * But the constructor of each wrapper's class does bring the C++ {@code delete} of that class: we take it from an empty object
 * of the class and hand it the address of the real one.
 */
final class JavaCppDestructor {

    private static final Method INIT = method("init", long.class, long.class, long.class, long.class);
    private static final Method DEALLOCATOR = method("deallocator");
    private static final Map<Class<?>, Long> DELETES = new ConcurrentHashMap<>();

    private JavaCppDestructor() {}

    /** @param empty constructor of the object's class */
    static <P extends Pointer> void delete(P object, Supplier<P> empty) {
        if (JavaCppAddress.isNothing(object)) {
            return;
        }
        long delete = DELETES.computeIfAbsent(object.getClass(), type -> deleteOf(empty.get()));
        Pointer doomed = new JavaCppAddress(object.address());
        try {
            INIT.invoke(doomed, object.address(), 1L, object.address(), delete);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("JavaCPP's Pointer.init cannot be called", e);
        }
        object.setNull();
        doomed.deallocate();
    }

    private static Method method(String name, Class<?>... parameters) {
        try {
            Method method = Pointer.class.getDeclaredMethod(name, parameters);
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(
                    "this JavaCPP has no Pointer." + name + "; the engine was written for 1.5.12", e);
        }
    }

    /** Address of the function that deletes objects of a class. */
    private static long deleteOf(Pointer empty) {
        try (empty) {
            Object deallocator = DEALLOCATOR.invoke(empty);
            Method address = deallocator.getClass().getMethod("deallocatorAddress");
            address.setAccessible(true);
            return (long) address.invoke(deallocator);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("JavaCPP does not say how " + empty.getClass() + " is deleted", e);
        }
    }
}
