package dev.esteira.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ErrorCodesTest {

    /** Names that meant something in a released version and no longer do; they are never used again. */
    private static final List<String> RETIRED = List.of();

    private static final List<ErrorCode> CODES = ErrorCodes.all(HouseRulesTest.HOUSE);

    @Test
    void areFoundInManyModules() {
        assertThat(ErrorCodes.enums(HouseRulesTest.HOUSE)).hasSizeGreaterThan(5);
        assertThat(CODES).hasSizeGreaterThan(30);
    }

    @Test
    void haveNamesThatAreUniqueInTheWholeProduct() {
        assertThat(repeated(CODES)).isEmpty();
    }

    @Test
    void aRepeatedNameIsNoticed() {
        assertThat(repeated(List.of(CODES.getFirst(), CODES.getLast(), CODES.getFirst())))
                .containsExactly(CODES.getFirst().name());
    }

    private static Set<String> repeated(List<ErrorCode> codes) {
        var byName = codes.stream().collect(Collectors.groupingBy(ErrorCode::name, Collectors.counting()));
        byName.values().removeIf(count -> count == 1);
        return byName.keySet();
    }

    @Test
    void neverUseARetiredNameAgain() {
        assertThat(CODES).filteredOn(code -> RETIRED.contains(code.name())).isEmpty();
    }

    @Test
    void areDescribedInASentence() {
        assertThat(CODES).allSatisfy(code -> {
            assertThat(code.name()).matches("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
            assertThat(code.description())
                    .as(code.name())
                    .hasSizeGreaterThan(20)
                    .endsWith(".");
        });
    }

    @Test
    void haveAStatusThatFitsTheirOwner() {
        assertThat(CODES).allSatisfy(code -> {
            var serverSide = code.owner() == FaultOwner.ENVIRONMENT || code.owner() == FaultOwner.ESTEIRA;
            // 501 is HTTP's word for a method or feature that this server does not know.
            assertThat(code.status()).as(code.name()).isBetween(serverSide ? 401 : 400, serverSide ? 599 : 501);
        });
    }

    @Test
    void belongToEnumsThatAreNamedAfterTheirModule() {
        assertThat(ErrorCodes.enums(HouseRulesTest.HOUSE))
                .allSatisfy(type -> assertThat(type.getSimpleName()).endsWith("ErrorCode"));
    }
}
