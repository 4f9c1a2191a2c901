package dev.esteira.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.esteira.kernel.ErrorCode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Every error code of the product, found on the class path. */
final class ErrorCodes {

    private static final String INTRODUCTION = """
            Every error of Esteira has a code that stays the same, one sentence that says what is wrong and where, and what to do.
            Whose move it is follows from the owner: `DATA` and `CALLER` have something to change, `ENVIRONMENT` is the machine
            around Esteira, `ESTEIRA` is a fault to report. The exit code is that of a command that ends with the error; the status is
            that of an HTTP answer.""";

    private ErrorCodes() {}

    /** The enums of error codes, by name. */
    static List<JavaClass> enums(House house) {
        return house.classes().stream()
                .filter(type -> type.isEnum() && type.isAssignableTo(ErrorCode.class))
                .sorted(Comparator.comparing(JavaClass::getName))
                .toList();
    }

    /** The codes of all enums in the order of their names. */
    static List<ErrorCode> all(House house) {
        return enums(house).stream()
                .flatMap(type -> Stream.of(type.reflect().getEnumConstants()))
                .map(ErrorCode.class::cast)
                .sorted(Comparator.comparing(ErrorCode::name))
                .toList();
    }

    /** The page that lists them. */
    static Reference reference(House house) {
        return new Reference(
                "error-codes",
                () -> Reference.page(
                        "Error codes",
                        INTRODUCTION,
                        List.of("Code", "Owner", "Exit code", "HTTP status", "When, and what to do", "From"),
                        all(house).stream().map(ErrorCodes::row).toList()));
    }

    private static List<String> row(ErrorCode code) {
        return List.of(
                "`" + code.name() + "`",
                code.owner().name(),
                String.valueOf(code.owner().exitCode()),
                String.valueOf(code.status()),
                code.description(),
                noun(code));
    }

    private static String noun(ErrorCode code) {
        return code.getClass().getPackageName().replace("dev.esteira.", "").toLowerCase(Locale.ROOT);
    }
}
