package dev.esteira.document;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.FaultOwner;

/** Errors of reading files that people write. JSON has its code in the kernel. */
public enum DocumentErrorCode implements ErrorCode {
    MALFORMED_YAML("A file is not YAML 1.2, or uses a part of it that is not allowed here: tags, several documents."),
    MALFORMED_TEXT("A file is not UTF-8, or holds a character that no text file should hold."),
    DUPLICATE_KEY("A map has the same key twice; keep one."),
    DOCUMENT_TOO_LARGE("A file is longer, deeper or has more values than allowed; split it."),
    AMBIGUOUS_VALUE("A value means different things to different readers of YAML; write it as the message says."),
    UNKNOWN_FIELD("A map has a field that is not known there; the nearest known one is named."),
    MISSING_FIELD("A map lacks a field that it must have."),
    WRONG_TYPE("A value is of another type than its place asks for."),
    UNKNOWN_WORD("A text is none of the words that its place allows; the nearest one is named."),
    OUT_OF_RANGE("A number lies outside the bounds of its place."),
    MALFORMED_PATH("A file path is absolute, leaves the folder of its file, or has characters that do not travel.");

    private final String description;

    DocumentErrorCode(String description) {
        this.description = description;
    }

    @Override
    public FaultOwner owner() {
        return FaultOwner.CALLER;
    }

    @Override
    public int status() {
        return 400;
    }

    @Override
    public String description() {
        return description;
    }
}
