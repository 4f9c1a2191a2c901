package dev.esteira.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SchemaTest {

    @Test
    void refusesTwoColumnsOfOneNameAndAnEmptyName() {
        assertThatThrownBy(() -> new Schema(List.of(column("a"), column("a"))))
                .isInstanceOf(EsteiraException.class)
                .hasMessageContaining("'a'");
        assertThatThrownBy(() -> column("")).isInstanceOf(EsteiraException.class);
    }

    @Test
    void tellsFeaturesFromColumnsWithARole() {
        var schema = new Schema(List.of(column("a"), column("late").withRole(Role.LABEL), column("b")));

        assertThat(schema.features().stream().map(Column::name)).containsExactly("a", "b");
        assertThat(schema.withRole(Role.LABEL).stream().map(Column::name)).containsExactly("late");
        assertThat(schema.column("late").flatMap(Column::role)).contains(Role.LABEL);
        assertThat(schema.column("nope")).isEmpty();
    }

    @Test
    void namesTypesAndRolesAsFilesDo() {
        assertThat(Arrays.stream(LogicalType.values()))
                .allSatisfy(type -> assertThat(LogicalType.of(type.text())).contains(type));
        assertThat(Arrays.stream(Role.values()))
                .allSatisfy(role -> assertThat(Role.of(role.text())).contains(role));
        assertThat(LogicalType.of("int")).isEmpty();
    }

    @Test
    void letsAnIntegerStandForANumberButNotTheOtherWay() {
        assertThat(LogicalType.INTEGER.satisfies(LogicalType.NUMBER)).isTrue();
        assertThat(LogicalType.DECIMAL.satisfies(LogicalType.NUMBER)).isTrue();
        assertThat(LogicalType.NUMBER.satisfies(LogicalType.INTEGER)).isFalse();
        assertThat(LogicalType.DATE.satisfies(LogicalType.TIMESTAMP)).isFalse();
    }

    private static Column column(String name) {
        return new Column(name, LogicalType.NUMBER, true, Optional.empty());
    }
}
