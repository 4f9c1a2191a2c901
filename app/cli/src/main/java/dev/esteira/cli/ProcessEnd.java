package dev.esteira.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Ends the process. At its end the JVM waits 300 ms for threads that are in native code, and those that wait for sockets
 * are so for ever (HotSpot's VM_Exit::wait_for_threads_in_native_to_block): every command that spoke to a server would
 * end that much later. Such a process leaves by the C library's {@code _exit} instead.
 */
final class ProcessEnd {

    /** Whoever passes options to the JVM may want what it does at its end, e.g. write a recording. */
    private static final String OPTIONS = "ESTEIRA_JAVA_OPTIONS";

    private static volatile boolean socketsWereOpen;

    private ProcessEnd() {}

    /** Says that the process has threads that wait for sockets. */
    static void socketsAreOpen() {
        socketsWereOpen = true;
    }

    /** Ends the process after everything that it must do; hooks do not run when it had sockets. */
    static void now(int code) {
        if (socketsWereOpen && System.getenv().getOrDefault(OPTIONS, "").isEmpty()) {
            exitFunction().ifPresent(exit -> call(exit, code));
        }
        System.exit(code);
    }

    /** Empty where the platform's C library has no such function. */
    @SuppressWarnings("restricted") // The launcher enables native access.
    static Optional<MethodHandle> exitFunction() {
        var linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("_exit")
                .map(address -> linker.downcallHandle(address, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)));
    }

    private static void call(MethodHandle exit, int code) {
        try {
            exit.invokeExact(code);
        } catch (Throwable e) {
            throw new LinkageError("The C library's _exit cannot be called", e);
        }
    }
}
