package dev.esteira.cli;

/** Colours of the terminal; what they mean stands in words too. */
enum Style {
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    BLUE("34");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    String on(String text, boolean ansi) {
        return ansi ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
