package io.longtake.event;

/**
 * Which faults are not the task's but the process's: memory has run out, or classes and libraries are not what they should be.
 * Whatever this process does next is in doubt. A stack that overflowed is not one of them: it is as deep as the task made
 * it, and whole again; else one task could end one worker after the other.
 */
public final class ProcessFault {

    private ProcessFault() {}

    /** Whether this, or one of its causes, is one. */
    public static boolean isIn(Throwable fault) {
        for (Throwable e = fault; e != null; e = e.getCause()) {
            boolean machine = e instanceof VirtualMachineError && !(e instanceof StackOverflowError);
            if (machine || e instanceof LinkageError) {
                return true;
            }
        }
        return false;
    }
}
