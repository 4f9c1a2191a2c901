package dev.esteira.client;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;
import dev.esteira.kernel.Value;
import java.util.Arrays;

/** The code of an error as a server told it; the client knows no server class. */
record RemoteErrorCode(String name, FaultOwner owner, int status, String description) implements ErrorCode {

    static RemoteErrorCode of(Value.Fields problem, int status) {
        var owner = problem.text("owner")
                .flatMap(word -> Arrays.stream(FaultOwner.values())
                        .filter(value -> value.name().equals(word))
                        .findFirst())
                .orElse(status >= 500 ? FaultOwner.ENVIRONMENT : FaultOwner.CALLER);
        return new RemoteErrorCode(
                problem.text("code").orElse("HTTP_" + status),
                owner,
                status,
                problem.text("title").orElse(""));
    }
}
