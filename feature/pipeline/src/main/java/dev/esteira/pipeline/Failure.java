package dev.esteira.pipeline;

import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.FaultOwner;
import dev.esteira.kernel.KernelErrorCode;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import dev.esteira.spi.StepResult;
import dev.esteira.store.StoreErrorCode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Why an attempt or step failed, as people and programs read it.
 *
 * @param owner who has to act
 * @param code the name of an error code
 * @param message what is wrong and where
 * @param remedy what to do; empty when the message says it
 */
record Failure(Cause cause, FaultOwner owner, String code, String message, String remedy) {

    @Limit(value = "The message of a failed step; longer ones are cut.", unit = "characters")
    private static final int MAX_MESSAGE = 2000;

    Failure {
        message = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
    }

    static Failure of(Cause cause, PipelineErrorCode code, String message, String remedy) {
        return new Failure(cause, code.owner(), code.name(), message, remedy);
    }

    /** What an error means: the caller's and the data's faults are answers, the environment's may pass. */
    static Failure of(Throwable error) {
        return switch (error) {
            case EsteiraException known ->
                new Failure(
                        cause(known.code()),
                        known.code().owner(),
                        known.code().name(),
                        known.explanation(),
                        known.remedy().orElse(""));
            case java.io.UncheckedIOException unchecked -> of(java.util.Objects.requireNonNull(unchecked.getCause()));
            case IOException io
            when fullDisk(io) ->
                new Failure(
                        Cause.INFRA,
                        StoreErrorCode.DISK_FULL.owner(),
                        StoreErrorCode.DISK_FULL.name(),
                        "The disk is full: " + text(io) + ".",
                        "Free some space, then resume the run.");
            case IOException io ->
                of(
                        Cause.INFRA,
                        PipelineErrorCode.STEP_FILES_FAILED,
                        "Reading or writing failed: " + text(io) + ".",
                        "Look at the step's log, mend it and resume the run.");
            case OutOfMemoryError memory ->
                new Failure(
                        Cause.OOM,
                        KernelErrorCode.OUT_OF_MEMORY.owner(),
                        KernelErrorCode.OUT_OF_MEMORY.name(),
                        "The step wanted more memory than the server has.",
                        "Give the server more memory, or let the step work on less at once.");
            default ->
                new Failure(
                        Cause.INTERNAL,
                        KernelErrorCode.INTERNAL_ERROR.owner(),
                        KernelErrorCode.INTERNAL_ERROR.name(),
                        "The step kind failed in a way it should not: "
                                + error.getClass().getSimpleName() + ": "
                                + Optional.ofNullable(error.getMessage()).orElse("no message") + ".",
                        "Report it with the step's log.");
        };
    }

    static Failure of(StepResult.Refused refused) {
        return new Failure(Cause.REFUSED, refused.code().owner(), refused.code().name(), refused.message(), "");
    }

    String text() {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("cause", Value.of(cause.word()));
        fields.put("owner", Value.of(owner.name()));
        fields.put("code", Value.of(code));
        fields.put("message", Value.of(message));
        fields.put("remedy", Value.of(remedy));
        return CanonicalJson.text(Value.ofFields(fields));
    }

    static Failure ofText(String text) {
        var fields = Json.parseFields(text);
        return new Failure(
                new Cause(fields.text("cause").orElse(Cause.INTERNAL.word())),
                fields.text("owner").map(FaultOwner::valueOf).orElse(FaultOwner.ESTEIRA),
                fields.text("code").orElse(KernelErrorCode.INTERNAL_ERROR.name()),
                fields.text("message").orElse(""),
                fields.text("remedy").orElse(""));
    }

    /**
     * What a child that ended with an error said of it.
     *
     * @param told the fields of its {@code error.json}
     */
    static Failure told(Value.Fields told, String otherwise) {
        var code = told.text("code").orElse(PipelineErrorCode.CHILD_EXITED.name());
        var owner = told.text("owner").flatMap(Failure::owner).orElse(FaultOwner.CALLER);
        return new Failure(
                cause(code, owner),
                owner,
                code,
                told.text("message").orElse(otherwise),
                told.text("remedy").orElse(""));
    }

    private static Optional<FaultOwner> owner(String name) {
        return Arrays.stream(FaultOwner.values())
                .filter(owner -> owner.name().equals(name))
                .findFirst();
    }

    private static Cause cause(ErrorCode code) {
        return cause(code.name(), code.owner());
    }

    private static Cause cause(String code, FaultOwner owner) {
        if (code.equals(KernelErrorCode.OUT_OF_MEMORY.name())) {
            return Cause.OOM;
        }
        return switch (owner) {
            case DATA, CALLER -> Cause.USER;
            case ENVIRONMENT -> Cause.INFRA;
            case ESTEIRA -> Cause.INTERNAL;
        };
    }

    private static boolean fullDisk(IOException error) {
        return text(error).contains("No space left on device") || text(error).contains("Disk quota exceeded");
    }

    private static String text(IOException error) {
        if (error instanceof FileSystemException file && file.getReason() == null) {
            return error.getClass().getSimpleName() + " " + file.getFile();
        }
        return Optional.ofNullable(error.getMessage()).orElse(error.getClass().getSimpleName());
    }
}
