package dev.esteira.pipeline;

import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.FaultOwner;
import dev.esteira.kernel.KernelErrorCode;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import dev.esteira.spi.StepResult;
import dev.esteira.store.StoreErrorCode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Why an attempt or step failed, as people and programs read it.
 *
 * @param code the name of an error code, or a refusal's reason
 * @param message what is wrong and where
 * @param remedy what to do; empty when the message says it
 */
record Failure(Cause cause, String code, String message, String remedy) {

    @Limit(value = "The message of a failed step; longer ones are cut.", unit = "characters")
    private static final int MAX_MESSAGE = 2000;

    Failure {
        message = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
    }

    static Failure of(Cause cause, PipelineErrorCode code, String message, String remedy) {
        return new Failure(cause, code.name(), message, remedy);
    }

    /** What an error means: the caller's and the data's faults are answers, the environment's may pass. */
    static Failure of(Throwable error) {
        return switch (error) {
            case EsteiraException known ->
                new Failure(
                        cause(known.code().owner()),
                        known.code().name(),
                        known.explanation(),
                        known.remedy().orElse(""));
            case java.io.UncheckedIOException unchecked -> of(java.util.Objects.requireNonNull(unchecked.getCause()));
            case IOException io
            when fullDisk(io) ->
                new Failure(
                        Cause.INFRA,
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
                of(
                        Cause.OOM,
                        PipelineErrorCode.OUT_OF_MEMORY,
                        "The step wanted more memory than the server has.",
                        "Give the server more memory, or let the step work on less at once.");
            default ->
                new Failure(
                        Cause.INTERNAL,
                        KernelErrorCode.INTERNAL_ERROR.name(),
                        "The step kind failed in a way it should not: "
                                + error.getClass().getSimpleName() + ": "
                                + Optional.ofNullable(error.getMessage()).orElse("no message") + ".",
                        "Report it with the step's log.");
        };
    }

    static Failure of(StepResult.Refused refused) {
        return new Failure(Cause.REFUSED, refused.reason(), refused.message(), "");
    }

    String text() {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("cause", Value.of(cause.word()));
        fields.put("code", Value.of(code));
        fields.put("message", Value.of(message));
        fields.put("remedy", Value.of(remedy));
        return CanonicalJson.text(Value.ofFields(fields));
    }

    static Failure ofText(String text) {
        var fields = Json.parseFields(text);
        return new Failure(
                new Cause(fields.text("cause").orElse(Cause.INTERNAL.word())),
                fields.text("code").orElse(KernelErrorCode.INTERNAL_ERROR.name()),
                fields.text("message").orElse(""),
                fields.text("remedy").orElse(""));
    }

    private static Cause cause(FaultOwner owner) {
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
