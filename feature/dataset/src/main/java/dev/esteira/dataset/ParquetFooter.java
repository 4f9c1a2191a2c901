package dev.esteira.dataset;

import dev.esteira.kernel.Column;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Schema;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The columns in a Parquet file's footer, read without the data engine so that checking a pipeline file does not load
 * it. The footer is Thrift's compact protocol; only the schema in it is looked at.
 *
 * @param schema empty when the footer has something that this reader does not know: the engine decides then
 */
record ParquetFooter(Optional<Schema> schema) {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    @Limit(value = "The footer of a Parquet file.", unit = "bytes")
    private static final int FOOTER_MAX = 64 << 20;

    /** Field numbers of FileMetaData and SchemaElement in the Parquet format. */
    private static final int SCHEMA = 2;

    static ParquetFooter read(Path file, String path) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "r")) {
            var footer = footer(bytes, path);
            var elements = elements(new CompactReader(footer));
            return new ParquetFooter(elements.flatMap(found -> schema(found, path)));
        } catch (CompactReader.Malformed e) {
            throw ParquetSource.unreadable(path, "is damaged: the list of its columns cannot be read.", e);
        }
    }

    private static byte[] footer(RandomAccessFile file, String path) throws IOException {
        var size = file.length();
        var head = bytes(file, 0, (int) Math.min(4, size));
        if (!Arrays.equals(head, MAGIC)) {
            throw ParquetSource.unreadable(path, "is not a Parquet file.", null);
        }
        if (size < 12 || !Arrays.equals(bytes(file, size - 4, 4), MAGIC)) {
            throw ParquetSource.unreadable(
                    path,
                    "is cut short: it begins like a Parquet file, but its end is missing (" + size + " bytes).",
                    null);
        }
        var length = ByteBuffer.wrap(bytes(file, size - 8, 4))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        if (length <= 0 || length > Math.min(FOOTER_MAX, size - 12)) {
            throw ParquetSource.unreadable(
                    path, "is damaged: its end does not say where its columns are listed.", null);
        }
        return bytes(file, size - 8 - length, length);
    }

    private static byte[] bytes(RandomAccessFile file, long at, int length) throws IOException {
        var bytes = new byte[length];
        file.seek(at);
        try {
            file.readFully(bytes);
        } catch (EOFException e) {
            throw new IOException("The file became shorter while it was read", e);
        }
        return bytes;
    }

    private static Optional<List<Element>> elements(CompactReader reader) {
        var elements = new ArrayList<Element>();
        reader.struct((field, type) -> {
            if (field == SCHEMA && type == CompactReader.LIST) {
                reader.list(item -> elements.add(Element.read(reader)));
                return true;
            }
            return false;
        });
        return elements.isEmpty() ? Optional.empty() : Optional.of(elements);
    }

    /** Empty when the engine must decide, e.g. on names that differ in case alone. */
    private static Optional<Schema> schema(List<Element> elements, String path) {
        var columns = new ArrayList<Column>();
        for (var element : elements.subList(1, elements.size())) {
            var type = element.logical();
            if (element.children > 0 || element.repeated || type.isEmpty()) {
                throw unsupported(element, path);
            }
            if (columns.stream().anyMatch(column -> column.name().equalsIgnoreCase(element.name))) {
                return Optional.empty();
            }
            columns.add(new Column(element.name, type.get(), true, Optional.empty()));
        }
        return Optional.of(new Schema(columns));
    }

    private static EsteiraException unsupported(Element element, String path) {
        return new EsteiraException(
                DatasetErrorCode.COLUMN_TYPE_UNSUPPORTED,
                "Column '" + element.name + "' of '" + path + "' holds "
                        + (element.children > 0 || element.repeated
                                ? "lists, maps or structs"
                                : "bytes, times or intervals")
                        + ", for which there is no logical type.",
                "Export the file with plain columns, or leave this one out.");
    }

    /** A node of the schema tree. */
    private static final class Element {

        private String name = "";
        private int physical = -1;
        private int converted = -1;
        private int children;
        private int logicalField = -1;
        private boolean repeated;

        static Element read(CompactReader reader) {
            var element = new Element();
            reader.struct((field, type) -> switch (field) {
                case 1 -> {
                    element.physical = reader.integer();
                    yield true;
                }
                case 3 -> {
                    element.repeated = reader.integer() == 2;
                    yield true;
                }
                case 4 -> {
                    element.name = reader.text();
                    yield true;
                }
                case 5 -> {
                    element.children = reader.integer();
                    yield true;
                }
                case 6 -> {
                    element.converted = reader.integer();
                    yield true;
                }
                case 10 -> {
                    reader.struct((logical, ignored) -> {
                        element.logicalField = logical;
                        return false;
                    });
                    yield true;
                }
                default -> false;
            });
            return element;
        }

        /** As the engine maps physical types with their annotations, after which ours are decided. */
        Optional<LogicalType> logical() {
            return switch (physical) {
                case 0 -> Optional.of(LogicalType.BOOLEAN);
                case 1, 2 -> whole();
                case 3 -> Optional.of(LogicalType.TIMESTAMP);
                case 4, 5 -> Optional.of(LogicalType.NUMBER);
                case 6, 7 -> bytes();
                default -> Optional.empty();
            };
        }

        private Optional<LogicalType> whole() {
            if (converted == 5 || logicalField == 5) {
                return Optional.of(LogicalType.DECIMAL);
            }
            if (converted == 6 || logicalField == 6) {
                return Optional.of(LogicalType.DATE);
            }
            if (converted == 7 || converted == 8 || logicalField == 7) {
                return Optional.empty();
            }
            if (converted == 9 || converted == 10 || logicalField == 8) {
                return Optional.of(LogicalType.TIMESTAMP);
            }
            return Optional.of(LogicalType.INTEGER);
        }

        private Optional<LogicalType> bytes() {
            if (converted == 5 || logicalField == 5) {
                return Optional.of(LogicalType.DECIMAL);
            }
            var text = converted == 0
                    || converted == 4
                    || converted == 19
                    || logicalField == 1
                    || logicalField == 4
                    || logicalField == 12
                    || logicalField == 14;
            if (text) {
                return Optional.of(LogicalType.STRING);
            }
            return logicalField == 15 ? Optional.of(LogicalType.NUMBER) : Optional.empty();
        }
    }
}
