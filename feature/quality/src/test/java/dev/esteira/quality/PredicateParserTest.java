package dev.esteira.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredicateParserTest {

    @Test
    void namesTheColumnsThatAnExpressionReads() throws Exception {
        assertThat(PredicateParser.columns("arr_delay is null or arr_delay between -120 and \"max delay\""))
                .containsExactly("arr_delay", "max delay");
        assertThat(PredicateParser.columns("case when a > 1 then lower(b) in ('x', 'y') else not c end"))
                .containsExactlyInAnyOrder("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a in (select 1)",
                "exists (select 1)",
                "read_text('/etc/passwd') = ''",
                "count(a) > 1",
                "row_number() over () = 1",
                "a = 1) union select (1",
                "a = 1; drop table t",
                "a = 1) from read_csv('x') where (true",
                "getenv('HOME') = ''",
                "a = ?",
                "*",
                "a >",
                "1) , (2",
                "a = 1) order by (a",
                "a = 1) limit (1"
            })
    void refusesWhatIsNoScalarExpressionOverTheRow(String expression) {
        assertThatThrownBy(() -> PredicateParser.columns(expression))
                .isInstanceOf(PredicateParser.RefusedException.class);
    }

    @Test
    void aCommentEndsWithItsLine() throws Exception {
        assertThat(PredicateParser.columns("a = 1 -- all is well")).containsExactly("a");
    }
}
