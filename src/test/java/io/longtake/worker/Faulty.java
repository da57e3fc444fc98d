package io.longtake.worker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Real clients of Kafka, some of whose calls go wrong. */
final class Faulty {

    private Faulty() {}

    /** What happens when a method is called. */
    interface Fault {
        Object instead(Call call) throws Throwable;
    }

    /** The call that somebody makes. */
    record Call(Object behind, Method method, Object[] arguments) {

        /** As if nothing were wrong. */
        Object proceed() throws Throwable {
            try {
                return method.invoke(behind, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    /** A client with a fault in its calls of one method. */
    static <T> T in(String method, Class<T> type, T behind, Fault fault) {
        InvocationHandler handler = (proxy, called, arguments) -> {
            Call call = new Call(behind, called, arguments);
            return called.getName().equals(method) ? fault.instead(call) : call.proceed();
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** The first call goes wrong, all others do not. */
    static Fault once(Fault fault) {
        AtomicInteger calls = new AtomicInteger();
        return call -> calls.getAndIncrement() == 0 ? fault.instead(call) : call.proceed();
    }

    /** Throws before anything is done. */
    static Fault before(Supplier<? extends Throwable> thrown) {
        return call -> {
            throw thrown.get();
        };
    }

    /** Does what is asked, and throws all the same. */
    static Fault after(Supplier<? extends Throwable> thrown) {
        return call -> {
            call.proceed();
            throw thrown.get();
        };
    }
}
