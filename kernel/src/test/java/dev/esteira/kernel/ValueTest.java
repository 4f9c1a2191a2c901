package dev.esteira.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ValueTest {

    @Test
    void cannotBeChangedThroughWhatItWasMadeOf() {
        var entries = new LinkedHashMap<String, Value>();
        entries.put("a", Value.of(1));
        var items = new ArrayList<Value>(List.of(Value.of(1)));
        var fields = new Value.Fields(entries);
        var sequence = new Value.Sequence(items);
        entries.clear();
        items.clear();

        assertThat(fields.whole("a")).contains(1L);
        assertThat(sequence.items()).hasSize(1);
        assertThatThrownBy(() -> fields.entries().put("b", Value.NOTHING))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void takesNullForAbsent() {
        var fields = Value.Fields.EMPTY.with("a", Value.NOTHING);

        assertThat(fields.field("a")).isEmpty();
        assertThat(fields.entries()).containsKey("a");
        assertThat(fields.without("a")).isEqualTo(Value.Fields.EMPTY);
    }

    @Test
    void comparesFieldsWhateverTheirOrder() {
        var one = Value.Fields.EMPTY.with("a", Value.of(1)).with("b", Value.of(2));
        var other = Value.Fields.EMPTY.with("b", Value.of(2)).with("a", Value.of(1));

        assertThat(one).isEqualTo(other);
        assertThat(List.copyOf(one.entries().keySet()))
                .isNotEqualTo(List.copyOf(other.entries().keySet()));
    }

    @Test
    void readsAWholeNumberOfARealOnlyWhereItIsExact() {
        assertThat(Value.of(3.0).asWhole()).contains(3L);
        assertThat(Value.of(3.5).asWhole()).isEmpty();
        assertThat(Value.of(1e300).asWhole()).isEmpty();
        assertThat(Value.of(3).asNumber()).isEqualTo(Optional.of(3.0));
    }

    @Test
    void hasNoNumberThatJsonLacks() {
        assertThatThrownBy(() -> Value.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Value.of(Double.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
    }
}
