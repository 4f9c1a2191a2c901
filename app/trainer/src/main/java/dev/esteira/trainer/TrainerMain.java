package dev.esteira.trainer;

import dev.esteira.document.Json;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.KernelErrorCode;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * {@code train JOB} or {@code predict JOB}: reads the job file in the working folder, writes its results beside it and
 * ends with status 0; else leaves {@code error.json} and ends with status 1.
 */
public final class TrainerMain {

    private TrainerMain() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of("").toAbsolutePath();
        try {
            run(arguments, folder);
        } catch (XGBoostError e) {
            fail(folder, refused(e));
        } catch (EsteiraException e) {
            fail(folder, e);
        } catch (OutOfMemoryError e) {
            fail(folder, outOfMemory(e));
        }
    }

    private static void run(String[] arguments, Path folder) throws IOException, XGBoostError {
        if (arguments.length != 2) {
            throw malformed("It was given " + arguments.length + " arguments instead of a verb and a job file.");
        }
        loadLibrary();
        var job = Json.parse(Files.readString(folder.resolve(arguments[1]))).asFields();
        var fields = job.orElseThrow(() -> malformed("The job file holds no fields."));
        switch (arguments[0]) {
            case "train" -> new XgboostTraining(TrainingJob.of(fields), folder, InstantSource.system()).run();
            case "predict" -> XgboostPrediction.run(fields, folder);
            default -> throw malformed("It knows no verb '" + arguments[0] + "'.");
        }
    }

    /** XGBoost's library is copied out of its jar and linked, which takes as long as reading the rows meanwhile. */
    private static void loadLibrary() {
        Thread.ofPlatform().daemon().name("library").start(() -> {
            try {
                new DMatrix(new float[1], 1, 1, Float.NaN).dispose();
            } catch (XGBoostError e) {
                // The thread's end writes it into the step's log; whoever uses the library next ends with the same
                // error.
                throw new IllegalStateException("XGBoost's library does not work", e);
            }
        });
    }

    private static void fail(Path folder, EsteiraException error) throws IOException {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("code", Value.of(error.code().name()));
        fields.put("owner", Value.of(error.code().owner().name()));
        fields.put("message", Value.of(error.explanation()));
        fields.put("remedy", Value.of(error.remedy().orElse("")));
        Files.writeString(folder.resolve("error.json"), CanonicalJson.text(Value.ofFields(fields)));
        error.printStackTrace();
        System.exit(1);
    }

    static EsteiraException malformed(String message) {
        return new EsteiraException(
                TrainerErrorCode.TRAINER_JOB_MALFORMED, message, "Report this with the log of the step.");
    }

    private static EsteiraException outOfMemory(Throwable error) {
        return new EsteiraException(
                KernelErrorCode.OUT_OF_MEMORY,
                "The training process wanted more memory than there is.",
                "Take fewer rows or columns, or give the machine more memory.",
                error);
    }

    /** The library's message starts with a time and a source line and ends with a stack of addresses: neither helps. */
    static EsteiraException refused(XGBoostError error) {
        var text = String.valueOf(error.getMessage());
        if (text.contains("bad_alloc")) {
            return outOfMemory(error);
        }
        var check = text.indexOf("Check failed:");
        var from = check >= 0 ? text.substring(check + "Check failed:".length()) : text;
        var stack = from.indexOf("Stack trace:");
        var reason = (stack >= 0 ? from.substring(0, stack) : from).strip();
        return new EsteiraException(
                TrainerErrorCode.TRAINER_REFUSED,
                "XGBoost refused: " + reason.lines().findFirst().orElse("no reason given"),
                "Check the parameters under 'trainer' against XGBoost's documentation, and the label.",
                error);
    }
}
