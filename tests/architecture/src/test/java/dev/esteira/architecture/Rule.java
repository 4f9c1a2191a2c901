package dev.esteira.architecture;

import java.util.List;
import java.util.function.Function;

/**
 * Something that must hold in the whole house.
 *
 * @param name a sentence that says what holds
 * @param check finds what breaks it: one line each, with the place
 */
record Rule(String name, Function<House, List<String>> check) {

    List<String> violations(House house) {
        return check.apply(house);
    }

    @Override
    public String toString() {
        return name;
    }
}
