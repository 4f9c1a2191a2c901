package dev.esteira.quality;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DataSession;
import dev.esteira.dataset.Dataset;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.document.Document;
import dev.esteira.document.Reading;
import dev.esteira.document.Yaml;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.NearestName;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.CheckContext;
import dev.esteira.spi.Effect;
import dev.esteira.spi.Execution;
import dev.esteira.spi.Outline;
import dev.esteira.spi.Shape;
import dev.esteira.spi.StepContext;
import dev.esteira.spi.StepKind;
import dev.esteira.spi.StepResult;
import dev.esteira.spi.StepSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** The step kind {@code validate}: asks checks of its inputs and passes them on without the rows it quarantines. */
public final class ValidateKind implements StepKind {

    private static final Shape.Group SHAPE = Shape.Group.of(
            Shape.Field.optional("contract", new Shape.FilePath(), "A data contract that every input must keep."),
            Shape.Field.optional("checks", new Shape.ListOf(new Shape.Anything()), "More checks, in order."),
            QuarantineLimit.FIELD);

    private final DataEngine engine;
    private final CheckRegistry registry;

    /** The kind with what it reads and where it keeps its reports. */
    public ValidateKind(DataEngine engine, CheckRegistry registry) {
        this.engine = engine;
        this.registry = registry;
    }

    @Override
    public String name() {
        return "validate";
    }

    @Override
    public int major() {
        return 1;
    }

    @Override
    public String implementation() {
        return "validate 4; " + DatasetWriter.IMPLEMENTATION;
    }

    @Override
    public Effect effect() {
        return Effect.PURE;
    }

    @Override
    public boolean seeded(StepSpec spec) {
        return false;
    }

    @Override
    public String documentation() {
        return "Asks checks of data sets, takes bad rows into quarantine, and fails when the data cannot be trusted.";
    }

    @Override
    public Shape.Group shape() {
        return SHAPE;
    }

    @Override
    public Map<String, Outline> check(StepSpec spec, CheckContext context) {
        var outputs = new LinkedHashMap<String, Outline>();
        context.inputs().forEach((name, input) -> {
            if (input.type() != ArtifactType.DATASET) {
                context.problem(
                        "/inputs/" + name,
                        QualityErrorCode.CHECK_MALFORMED,
                        "The input '" + name + "' is a " + input.type().text() + ".",
                        "Checks are asked of data sets.");
            }
            outputs.put(name, input);
        });
        if (context.inputs().isEmpty()) {
            context.problem("", QualityErrorCode.CHECK_MALFORMED, "The step has no input.", "Add 'inputs'.");
        }
        ProblemTaker inStep = (pointer, code, message, remedy) -> context.problem(pointer, code, message, remedy);
        var own = new CheckReader(registry).read(spec.fields().items("checks"), inStep.below("/checks"));
        askable(own, spec.fields().items("checks"), context, inStep.below("/checks"));
        spec.fields().text("contract").ifPresent(path -> checkContract(path, context));
        outputs.put("quarantine", Outline.of(ArtifactType.DATASET));
        outputs.put("report", Outline.of(ArtifactType.CHECK_REPORT));
        return outputs;
    }

    private void checkContract(String path, CheckContext context) {
        var document = context.file(path).flatMap(file -> readContract(path, file, context));
        if (document.isEmpty()) {
            return;
        }
        ProblemTaker inContract = (pointer, code, message, remedy) -> {
            var position = document.get().position(pointer);
            context.problemIn(path, position.line(), position.column(), code, message, remedy);
        };
        var contract = Contract.of(document.get(), registry, inContract);
        var items = document.get()
                .value()
                .asFields()
                .orElse(Value.Fields.EMPTY)
                .fields("spec")
                .items("checks");
        askable(contract.checks(), items, context, inContract.below("/spec/checks"));
    }

    private static Optional<Document> readContract(String path, Path file, CheckContext context) {
        try {
            return switch (Yaml.read(path, Files.readAllBytes(file))) {
                case Reading.Read(var document) -> Optional.of(document);
                case Reading.Unreadable(var problems) -> {
                    problems.forEach(problem -> context.problemIn(
                            path,
                            problem.line(),
                            problem.column(),
                            problem.code(),
                            problem.message(),
                            problem.remedy()));
                    yield Optional.empty();
                }
            };
        } catch (IOException e) {
            context.problem(
                    "/contract",
                    QualityErrorCode.CONTRACT_MALFORMED,
                    "The contract " + path + " cannot be read.",
                    "Check the file.");
            return Optional.empty();
        }
    }

    /** Asks every check whether it can be asked of the inputs whose columns are known. */
    private static void askable(
            List<CheckSpec> checks, List<Value> items, CheckContext context, ProblemTaker problems) {
        for (var check : checks) {
            var index = items.indexOf(check.parameters());
            var below = index < 0 ? problems : problems.below("/" + index);
            if (check.kind() instanceof TableChecks.References) {
                reference(check, context, below);
            }
            check.input()
                    .filter(name -> !context.inputs().containsKey(name))
                    .ifPresent(name -> below.problem(
                            "/input",
                            QualityErrorCode.CHECK_MALFORMED,
                            "The step has no input '" + name + "'.",
                            "Its inputs are "
                                    + String.join(", ", context.inputs().keySet()) + "."));
            for (var input : new TreeMap<>(context.inputs()).entrySet()) {
                if (check.input().map(input.getKey()::equals).orElse(true)
                        && input.getValue().schema().isPresent()) {
                    check.check(input.getValue().schema().get(), below);
                    break;
                }
            }
        }
    }

    private static void reference(CheckSpec check, CheckContext context, ProblemTaker problems) {
        var name = TableChecks.References.reference(check);
        if (!context.references().containsKey(name)) {
            problems.problem(
                    "/to/reference",
                    QualityErrorCode.REFERENCE_UNKNOWN,
                    "The step has no reference '" + name + "'.",
                    NearestName.of(name, context.references().keySet())
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("Add it under 'references'."));
            return;
        }
        var reference =
                Objects.requireNonNull(context.references().get(name), name).schema();
        var inputs = new TreeMap<>(context.inputs());
        check.input().ifPresent(only -> inputs.keySet().retainAll(List.of(only)));
        var input = inputs.values().stream()
                .flatMap(outline -> outline.schema().stream())
                .findFirst();
        reference.ifPresent(known ->
                TableChecks.References.fit(check, input.orElseGet(() -> new Schema(List.of())), known, problems));
    }

    @Override
    public Execution execution(StepSpec spec) {
        return new Execution.Inline(this::run);
    }

    private StepResult run(StepContext context) throws IOException, InterruptedException {
        var inputs = datasets(context, context.inputs());
        var references = datasets(context, context.references());
        var readable = new ArrayList<Path>();
        inputs.values().forEach(dataset -> readable.add(dataset.parquet()));
        references.values().forEach(dataset -> readable.add(dataset.parquet()));
        try (var session = engine.open(context.directory().resolve("work"), context.threads(), readable)) {
            var known = new LinkedHashMap<String, Table>();
            references.forEach((name, dataset) -> known.put(name, new Table(session, dataset, Map.of())));
            var tables = new LinkedHashMap<String, Table>();
            inputs.forEach((name, dataset) -> tables.put(name, new Table(session, dataset, known)));
            var checks = checks(context);
            requireAskable(checks, tables);
            return judge(context, session, checks, tables);
        }
    }

    private StepResult judge(
            StepContext context, DataSession session, List<CheckSpec> checks, SequencedMap<String, Table> tables)
            throws IOException, InterruptedException {
        var results = Examination.run(checks, tables);
        var outputs = new LinkedHashMap<String, Artifact>();
        var counts = new LinkedHashMap<String, CheckReport.RowCounts>();
        var taken = new ArrayList<String>();
        for (var table : tables.entrySet()) {
            var quarantine = Quarantine.of(Examination.asked(checks, table.getKey()), table.getValue());
            var rows = quarantine.isPresent()
                    ? quarantine.get().count(table.getValue())
                    : new CheckReport.RowCounts(table.getValue().rows(), 0, 0);
            counts.put(table.getKey(), rows);
            var input = Objects.requireNonNull(context.inputs().get(table.getKey()), table.getKey());
            if (rows.quarantined() > 0) {
                taken.add(quarantine.orElseThrow().taken(table.getValue()));
            }
            if (rows.takenOut() > 0) {
                input = write(context, session, table, quarantine.orElseThrow());
            }
            outputs.put(table.getKey(), input);
        }
        outputs.put("quarantine", quarantineOf(context, session, taken, tables));
        var report = new CheckReport(counts, satisfied(results));
        outputs.put("report", publish(context, report));
        return verdict(context, report, outputs);
    }

    private static StepResult verdict(StepContext context, CheckReport report, Map<String, Artifact> outputs) {
        var limit = QuarantineLimit.of(context.spec().fields().fields("quarantineLimit"));
        var beyond = report.inputs().entrySet().stream()
                .flatMap(input -> limit.passedBy(input.getKey(), input.getValue()).stream())
                .findFirst();
        if (!report.passed()) {
            return new StepResult.Refused(QualityErrorCode.CHECK_FAILED, report.refusal(), outputs);
        }
        return beyond.isPresent()
                ? new StepResult.Refused(QualityErrorCode.QUARANTINE_LIMIT, beyond.get(), outputs)
                : new StepResult.Succeeded(outputs, report.warnings());
    }

    /** A check whose failing rows are taken out is satisfied. */
    private static List<Examination.Result> satisfied(List<Examination.Result> results) {
        return results.stream()
                .map(result -> result.check().onFail() != OnFail.REPORT
                                && result.finding().verdict() == Verdict.FAIL
                        ? result.withFinding(satisfied(result.check(), result.finding()))
                        : result)
                .toList();
    }

    private static Finding satisfied(CheckSpec check, Finding finding) {
        return new Finding(
                Verdict.PASS,
                finding.observed() + (check.onFail() == OnFail.DROP ? "; dropped" : "; quarantined"),
                finding.expected(),
                finding.value(),
                finding.checked(),
                finding.failing(),
                finding.examples());
    }

    private static Artifact write(
            StepContext context, DataSession session, Map.Entry<String, Table> table, Quarantine quarantine)
            throws IOException, InterruptedException {
        return new DatasetWriter(session)
                .publish(
                        context,
                        "clean-" + table.getKey(),
                        quarantine.clean(table.getValue()),
                        List.of(),
                        Quarantine.options(table.getValue()));
    }

    /** The rows taken out of all inputs together; no rows are a data set too. */
    private static Artifact quarantineOf(
            StepContext context, DataSession session, List<String> taken, SequencedMap<String, Table> tables)
            throws IOException, InterruptedException {
        var first = tables.firstEntry().getValue();
        var query = taken.isEmpty() ? Quarantine.none(first) : String.join(" UNION ALL BY NAME ", taken);
        return new DatasetWriter(session).publish(context, "quarantine", query, List.of(), Quarantine.options(first));
    }

    private static Artifact publish(StepContext context, CheckReport report) throws IOException {
        var file = Files.write(context.directory().resolve("report.json"), CanonicalJson.bytes(report.toValue()));
        return context.publish(ArtifactType.CHECK_REPORT, Map.of("report.json", file), report.summary());
    }

    private List<CheckSpec> checks(StepContext context) throws IOException {
        ProblemTaker refuse = (pointer, code, message, remedy) -> {
            throw new EsteiraException(code, message, remedy);
        };
        var checks = new ArrayList<CheckSpec>();
        var contract = context.spec().fields().text("contract");
        if (contract.isPresent()) {
            var reading = Yaml.read(contract.get(), Files.readAllBytes(context.file(contract.get())));
            checks.addAll(Contract.of(reading.orThrow(), registry, refuse).checks());
        }
        checks.addAll(new CheckReader(registry).read(context.spec().fields().items("checks"), refuse));
        return checks;
    }

    private static void requireAskable(List<CheckSpec> checks, SequencedMap<String, Table> tables) {
        for (var check : checks) {
            for (var table : tables.entrySet()) {
                if (check.input().map(table.getKey()::equals).orElse(true)) {
                    requireAskable(check, table.getValue());
                }
            }
        }
    }

    private static void requireAskable(CheckSpec check, Table table) {
        ProblemTaker refuse = (pointer, code, message, remedy) -> {
            throw new EsteiraException(code, "Check '" + check.id() + "': " + message, remedy);
        };
        check.check(table.schema(), refuse);
        if (check.kind() instanceof TableChecks.References) {
            var reference = table.references().get(TableChecks.References.reference(check));
            if (reference != null) {
                TableChecks.References.fit(check, table.schema(), reference.schema(), refuse);
            }
        }
    }

    private static SequencedMap<String, Dataset> datasets(StepContext context, Map<String, Artifact> artifacts)
            throws IOException {
        var datasets = new LinkedHashMap<String, Dataset>();
        for (var name : order(artifacts)) {
            datasets.put(name, Dataset.read(context, Objects.requireNonNull(artifacts.get(name), name)));
        }
        return datasets;
    }

    /** The parts of a split in the order of time, then every other name. */
    private static List<String> order(Map<String, Artifact> artifacts) {
        var names = new ArrayList<String>();
        List.of("train", "validation", "test").stream()
                .filter(artifacts::containsKey)
                .forEach(names::add);
        artifacts.keySet().stream()
                .filter(name -> !names.contains(name))
                .sorted()
                .forEach(names::add);
        return names;
    }
}
