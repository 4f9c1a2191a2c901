package dev.esteira.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.esteira.document.Json;
import dev.esteira.kernel.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetProfileTest {

    @TempDir
    Path folder;

    @Test
    void countsNumbersExactly() throws Exception {
        var profile = profile("SELECT unnest(['1', '2', '2', '-3', '0', NULL, 'NaN', 'Infinity']::DOUBLE[]) AS x");
        assertThat(profile.nulls()).isEqualTo(1);
        assertThat(profile.distinct()).isEqualTo(6);
        assertThat(profile.min().flatMap(Value::asNumber)).contains(-3.0);
        assertThat(profile.max().flatMap(Value::asNumber)).contains(2.0);
        var numbers = profile.numbers().orElseThrow();
        assertThat(numbers.finite()).isEqualTo(5);
        assertThat(numbers.nan()).isEqualTo(1);
        assertThat(numbers.infinite()).isEqualTo(1);
        assertThat(numbers.zeros()).isEqualTo(1);
        assertThat(numbers.negatives()).isEqualTo(1);
        assertThat(numbers.mean().orElseThrow()).isEqualTo(0.4, within(1e-15));
        assertThat(numbers.std().orElseThrow()).isEqualTo(2.073644135332772, within(1e-14));
        assertThat(profile.top().getFirst()).isEqualTo(new ColumnProfile.Frequency(Value.of(2L), 2));
    }

    @Test
    void takesQuantilesAtTheirRank() throws Exception {
        var profile = profile("SELECT i AS x FROM range(1, 101) t(i)");
        assertThat(profile.quantiles())
                .extracting(ColumnProfile.Quantile::value)
                .containsExactly(
                        Value.of(1L),
                        Value.of(5L),
                        Value.of(25L),
                        Value.of(50L),
                        Value.of(75L),
                        Value.of(95L),
                        Value.of(99L));
        assertThat(profile.histogram().orElseThrow().counts()).hasSize(20).containsOnly(5L);
        assertThat(profile.top()).isEmpty();
    }

    @Test
    void measuresTexts() throws Exception {
        var profile = profile("SELECT unnest(['a', 'a', '', 'ção', '😀😀😀😀', NULL]) AS x");
        assertThat(profile.distinct()).isEqualTo(4);
        var texts = profile.texts().orElseThrow();
        assertThat(texts).isEqualTo(new ColumnProfile.Texts(1, 0, 4, 1.8));
        assertThat(profile.top().getFirst()).isEqualTo(new ColumnProfile.Frequency(Value.of("a"), 2));
    }

    @Test
    void showsTimesInUtc() throws Exception {
        var profile = profile("SELECT TIMESTAMPTZ '2013-01-01 00:00:00-05' AS x");
        assertThat(profile.min()).contains(Value.of("2013-01-01T05:00:00Z"));
        assertThat(profile("SELECT DATE '2013-02-03' AS x").max()).contains(Value.of("2013-02-03"));
        assertThat(profile("SELECT true AS x").top()).containsExactly(new ColumnProfile.Frequency(Value.of(true), 1));
    }

    @Test
    void survivesExtremes() throws Exception {
        var wide = profile("SELECT unnest([-1.7e308, 1.7e308]::DOUBLE[]) AS x");
        assertThat(wide.histogram().orElseThrow().counts()).hasSize(20);
        var whole = profile("SELECT unnest([-9223372036854775808, 9223372036854775807]) AS x");
        assertThat(whole.min()).contains(Value.of(Long.MIN_VALUE));
        assertThat(whole.max()).contains(Value.of(Long.MAX_VALUE));
    }

    @Test
    void readsBackWhatItWrites() throws Exception {
        var dataset = Frames.write(
                folder,
                2,
                "SELECT i AS a, i * 0.5::DOUBLE AS b, chr((65 + i % 26)::INTEGER) AS c FROM range(100) t(i)",
                DatasetOptions.NONE);
        var text = Files.readString(dataset.profileDocument());
        assertThat(Json.text(DatasetProfile.of(Json.parseFields(text)).value()).length())
                .isEqualTo(text.length());
        assertThat(DatasetProfile.of(dataset.profile().value())).isEqualTo(dataset.profile());
    }

    @Test
    void profilesTheFlights() throws Exception {
        var file = Frames.FLIGHTS.resolve("flights.parquet");
        var place = Frames.fresh(folder);
        try (var session = Frames.ENGINE.open(place, 2, List.of(file))) {
            var source = new ParquetSource("flights.parquet");
            var dataset = source.load(session, file, DatasetOptions.NONE, place.resolve("flights"));
            assertThat(dataset.rows()).isEqualTo(336_776);
            assertThat(dataset.profile().column("tailnum").orElseThrow().nulls())
                    .isEqualTo(2_512);
            assertThat(dataset.profile().column("arr_delay").orElseThrow().nulls())
                    .isEqualTo(8_255 + 1_175);
            assertThat(DataColumns.read(session, dataset).rows()).isEqualTo(336_776);
        }
    }

    private ColumnProfile profile(String query) throws Exception {
        return Frames.write(folder, 2, query, DatasetOptions.NONE)
                .profile()
                .column("x")
                .orElseThrow();
    }
}
