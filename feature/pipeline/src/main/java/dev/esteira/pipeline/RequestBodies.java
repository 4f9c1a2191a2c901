package dev.esteira.pipeline;

import dev.esteira.document.ShapeCheck;
import dev.esteira.http.Request;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Bodies of requests: checked whole before anything is read, so that a misspelt or misplaced field is never ignored. */
final class RequestBodies {

    private static final Shape TEXT = new Shape.Scalar(LogicalType.STRING);
    private static final Shape FLAG = new Shape.Scalar(LogicalType.BOOLEAN);
    private static final Shape.Field FILE_NAME = Shape.Field.required("fileName", TEXT, "The name for messages.");
    private static final Shape.Field FILE_TEXT = Shape.Field.required("text", TEXT, "The pipeline file itself.");
    private static final Shape.Field PARAMS = Shape.Field.optional(
            "params", new Shape.MapOf(new Shape.Anything()), "Values of parameters, instead of the defaults.");
    private static final Shape.Field PIPELINE =
            Shape.Field.required("pipeline", Shape.Group.of(FILE_NAME, FILE_TEXT), "The pipeline file.");

    private static final Shape OUTLINE = Shape.Group.of(PIPELINE, PARAMS);
    private static final Shape BARE_OUTLINE = Shape.Group.of(FILE_NAME, FILE_TEXT, PARAMS);

    private static final Shape SUBMISSION = Shape.Group.of(
            PIPELINE,
            Shape.Field.optional(
                    "files",
                    new Shape.ListOf(Shape.Group.of(
                            Shape.Field.required("path", TEXT, "Below the pipeline file."),
                            Shape.Field.required("digest", TEXT, "Of the content, which was uploaded before."),
                            Shape.Field.required("size", new Shape.WholeIn(0, Long.MAX_VALUE), "In bytes."))),
                    "The files that the pipeline file names."),
            PARAMS,
            Shape.Field.optional(
                    "options",
                    Shape.Group.of(
                            Shape.Field.optional("cache", FLAG, "Whether stored values serve."),
                            Shape.Field.optional("from", TEXT, "A step that runs in any case."),
                            Shape.Field.optional("profile", TEXT, "A name that conditions ask for."),
                            Shape.Field.optional(
                                    "seed",
                                    new Shape.WholeIn(Long.MIN_VALUE, Long.MAX_VALUE),
                                    "The seed of the run instead of the file's.")),
                    "How it is to run."));

    private static final Shape RESUME =
            Shape.Group.of(Shape.Field.optional("from", TEXT, "A step that runs again in any case."));
    private static final Shape DECISION =
            Shape.Group.of(Shape.Field.required("made", FLAG, "Whether the change was made."));
    private static final Shape DIGESTS = Shape.Group.of(
            Shape.Field.required("digests", new Shape.ListOf(TEXT), "Digests of contents that may be there."));

    private RequestBodies() {}

    /** The body of an outline: the file and its parameters, with or without {@code pipeline} around the file. */
    static Value.Fields outline(Request request) throws IOException {
        var body = request.fields();
        if (body.field("pipeline").isPresent()) {
            require(body, OUTLINE);
            return body.fields("pipeline").with("params", body.fields("params"));
        }
        require(body, BARE_OUTLINE);
        return body;
    }

    static Submission submission(Request request) throws IOException {
        var body = checked(request, SUBMISSION);
        var pipeline = body.fields("pipeline");
        var files = new ArrayList<Submission.BundleEntry>();
        for (var item : body.items("files")) {
            var file = item.asFields().orElseThrow();
            files.add(new Submission.BundleEntry(
                    text(file, "path"),
                    digest(text(file, "digest")),
                    file.whole("size").orElseThrow()));
        }
        var options = body.fields("options");
        return new Submission(
                request.workspace(),
                text(pipeline, "fileName"),
                text(pipeline, "text"),
                files,
                body.fields("params"),
                new Submission.Options(
                        options.flag("cache").orElse(true),
                        options.text("from"),
                        options.text("profile").orElse(""),
                        options.whole("seed")),
                request.idempotencyKey());
    }

    static Value.Fields resume(Request request) throws IOException {
        return checked(request, RESUME);
    }

    static boolean decision(Request request) throws IOException {
        return checked(request, DECISION).flag("made").orElseThrow();
    }

    static List<Digest> digests(Request request) throws IOException {
        return checked(request, DIGESTS).items("digests").stream()
                .map(item -> digest(item.asText().orElseThrow()))
                .toList();
    }

    /** @throws EsteiraException SUBMISSION_MALFORMED */
    static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new EsteiraException(
                    PipelineErrorCode.SUBMISSION_MALFORMED,
                    "'" + text + "' is not a digest.",
                    "Send sha256: and 64 lower-case hexadecimal digits.",
                    e);
        }
    }

    static String text(Value.Fields fields, String name) {
        return fields.text(name).orElseThrow();
    }

    private static Value.Fields checked(Request request, Shape shape) throws IOException {
        var body = request.fields();
        require(body, shape);
        return body;
    }

    private static void require(Value.Fields body, Shape shape) {
        var problems = ShapeCheck.problems(body, shape);
        if (!problems.isEmpty()) {
            var first = problems.getFirst();
            throw new EsteiraException(
                    PipelineErrorCode.SUBMISSION_MALFORMED,
                    first.pointer().isEmpty()
                            ? "In the request: " + first.message()
                            : "At " + first.pointer() + " of the request: " + first.message(),
                    first.remedy().isEmpty() ? "Mend that field of the request." : first.remedy());
        }
    }
}
