package dev.esteira.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import dev.esteira.document.ShapeCheck;
import dev.esteira.document.Yaml;
import dev.esteira.kernel.Value;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Outline;
import dev.esteira.spi.Shape;
import dev.esteira.testing.NotedProblems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainerSpecTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "params: {max_dept: 6} | /trainer/params/max_dept UNKNOWN_TRAINER_PARAMETER XGBoost has no parameter 'max_dept'. Did you mean 'max_depth'?",
                "params: {seed: 6} | /trainer/params/seed RESERVED_TRAINER_PARAMETER The parameter 'seed' belongs to the run. Leave it out; the seed is reproducibility.seed.",
                "params: {monotone_constraints: {x: 1}} | /trainer/params/monotone_constraints UNFIT_TRAINER_PARAMETER The parameter 'monotone_constraints' is a map.",
                "params: {eta: } | /trainer/params/eta UNFIT_TRAINER_PARAMETER The parameter 'eta' is",
                "params: {nthread: 6} | /trainer/params/nthread RESERVED_TRAINER_PARAMETER",
                "params: {objective: binary:logistik} | /trainer/params/objective UNFIT_TRAINER_PARAMETER The objective 'binary:logistik' does not predict what the task binary promises. Did you mean 'binary:logistic'?",
                "params: {objective: reg:squarederror} | /trainer/params/objective UNFIT_TRAINER_PARAMETER",
                "params: {objective: binary:logitraw} | /trainer/params/objective UNFIT_TRAINER_PARAMETER",
                "params: {eval_metric: loglos} | /trainer/params/eval_metric UNFIT_TRAINER_PARAMETER XGBoost has no metric 'loglos' for these tasks. Did you mean 'logloss'?",
                "params: {eval_metric: [auc, rmsl]} | /trainer/params/eval_metric/1 UNFIT_TRAINER_PARAMETER XGBoost has no metric 'rmsl' for these tasks. Did you mean 'rmse'?",
                "params: {eval_metric: error@high} | /trainer/params/eval_metric UNFIT_TRAINER_PARAMETER",
                "earlyStopping: {metric: log_loss, rounds: 5} | /trainer/earlyStopping/metric UNFIT_TRAINER_PARAMETER XGBoost has no metric 'log_loss' for these tasks. Did you mean 'logloss'?",
            })
    void whatTheLibraryWouldIgnoreOrRefuseIsNamedAtItsPlace(String trainer, String problem) {
        assertThat(problems(trainer, true)).singleElement().asString().startsWith(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "params: {eta: 0.1, eval_metric: [auc, error@0.7], tree_method: hist}",
                "params: {objective: binary:hinge}",
                "earlyStopping: {metric: aucpr, rounds: 5}",
            })
    void whatTheLibraryTakesIsLeftAlone(String trainer) {
        assertThat(problems(trainer, true)).isEmpty();
    }

    @Test
    void earlyStoppingNeedsAPartToWatch() {
        assertThat(problems("earlyStopping: {metric: auc, rounds: 5}", false))
                .singleElement()
                .asString()
                .startsWith("/trainer/earlyStopping NO_VALIDATION_PART");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: lightgbm, task: binary, rounds: 3 | /trainer/name",
                "name: xgboost, task: ranking, rounds: 3 | /trainer/task",
                "name: xgboost, task: binary, rounds: 0 | /trainer/rounds",
                "name: xgboost, task: binary | /trainer/rounds",
                "name: xgboost, task: binary, rounds: 3, round: 4 | /trainer/round",
            })
    void aTrainerOfAnotherShapeIsRefusedAtItsPlace(String trainer, String pointer) {
        var problems =
                ShapeCheck.problems(yaml("trainer: {" + trainer + "}"), new Shape.Group(List.of(TrainerSpec.FIELD)));

        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.pointer() + " " + problem.message())
                        .contains(pointer.substring(pointer.lastIndexOf('/') + 1)));
    }

    @Test
    void theMetricOfEarlyStoppingIsComputedAndLookedAtFirst() {
        var plain = TrainerSpec.of(fields("params: {}"));
        var watched = TrainerSpec.of(fields("params: {eval_metric: error}, earlyStopping: {metric: auc, rounds: 5}"));

        assertThat(plain.metrics()).containsExactly("logloss");
        assertThat(plain.leadingMetric()).isEqualTo("logloss");
        assertThat(watched.metrics()).containsExactly("error", "auc");
        assertThat(watched.leadingMetric()).isEqualTo("auc");
        assertThat(XgboostParameters.maximise("auc")).isTrue();
        assertThat(XgboostParameters.maximise("error@0.7")).isFalse();
    }

    @Test
    void theParametersThatDecideTheModelAreTheTasksTheFilesAndTheSeed() {
        var effective =
                TrainerSpec.of(fields("params: {eta: 0.1, eval_metric: auc}")).effective(-1);

        assertThat(effective)
                .isEqualTo(Json.parse("{\"objective\": \"binary:logistic\", \"eta\": 0.1, \"seed\": 2147483647}"));
    }

    @Test
    void aRegressionHasItsOwnObjectiveAndMetrics() {
        var spec = TrainerSpec.of(yaml("trainer: {name: xgboost, task: regression, rounds: 3}"));

        assertThat(spec.effective(1).text("objective")).contains("reg:squarederror");
        assertThat(spec.metrics()).containsExactly("rmse");
    }

    private static List<String> problems(String trainer, boolean validation) {
        var problems = new NotedProblems().input("train", Outline.of(ArtifactType.DATASET));
        if (validation) {
            problems.input("validation", Outline.of(ArtifactType.DATASET));
        }
        TrainerSpec.check(fields(trainer), problems);
        return problems.found();
    }

    private static Value.Fields fields(String more) {
        return yaml("trainer: {name: xgboost, task: binary, rounds: 3, " + more + "}");
    }

    private static Value.Fields yaml(String text) {
        return Yaml.read("step", text).orThrow().value().asFields().orElseThrow();
    }
}
