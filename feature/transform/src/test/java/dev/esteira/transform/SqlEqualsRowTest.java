package dev.esteira.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** The same tree gives the same in SQL and in the JVM: the same bits, or 2 ulp for a transcendental function. */
class SqlEqualsRowTest {

    private static final List<@Nullable Double> NUMBERS = new ArrayList<>(java.util.Arrays.asList(
            null,
            Double.NaN,
            0.0,
            -0.0,
            1.0,
            -1.0,
            0.1,
            1e-310,
            Double.MIN_VALUE,
            1.5e308,
            -1.5e308,
            3.0,
            1e15 + 0.3,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            720.0,
            1439.0,
            -7.25));
    private static final List<@Nullable String> TEXTS = new ArrayList<>(java.util.Arrays.asList(
            null,
            "",
            "a",
            "A",
            "ß",
            "O'Hare",
            "\"x\"",
            "é",
            "e\u0301",
            "\uD83D\uDE00",
            "a ",
            "EWR",
            "JFK",
            "\\n",
            "%",
            "_",
            "NULL",
            "0"));
    private static final Map<String, Map<String, Double>> TABLES =
            Map.of("t", Map.of("a", 0.25, "EWR", -1e300, "", 7.0, "\uD83D\uDE00", 0.1));

    private static Connection connection;

    @BeforeContainer
    static void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE rows (i INTEGER, x DOUBLE, y DOUBLE, s VARCHAR)");
            statement.execute("CREATE TABLE " + SqlRendering.table("t") + " (key VARCHAR, number DOUBLE)");
        }
        try (var insert = connection.prepareStatement("INSERT INTO rows VALUES (?, ?, ?, ?)")) {
            for (var i = 0; i < NUMBERS.size(); i++) {
                insert.setInt(1, i);
                insert.setObject(2, NUMBERS.get(i));
                insert.setObject(3, NUMBERS.get((i * 7 + 3) % NUMBERS.size()));
                insert.setObject(4, TEXTS.get(i));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (var insert = connection.prepareStatement("INSERT INTO " + SqlRendering.table("t") + " VALUES (?, ?)")) {
            for (var entry : TABLES.get("t").entrySet()) {
                insert.setString(1, entry.getKey());
                insert.setDouble(2, entry.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @AfterContainer
    static void close() throws SQLException {
        connection.close();
    }

    @Property(tries = 400)
    void exactTreesGiveTheSameBits(@ForAll("numbers") Node tree) throws SQLException {
        assertThat(sql(tree)).as(new SqlRendering("r").render(tree)).containsExactly(jvm(tree));
    }

    @Property(tries = 200)
    void textTreesGiveTheSameTexts(@ForAll("texts") Node tree) throws SQLException {
        var texts = new ArrayList<@Nullable String>();
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(select(tree))) {
            while (result.next()) {
                texts.add(result.getString(1));
            }
        }
        assertThat(texts).containsExactly(new Evaluator(rows(), TABLES).texts(tree));
    }

    @Property(tries = 300)
    void transcendentalFunctionsDifferByTwoUnitsInTheLastPlaceAtMost(
            @ForAll Node.Function.Name name, @ForAll("numbers") Node argument) throws SQLException {
        var tree = new Node.Function(name, argument);
        var sql = sql(tree);
        var jvm = jvm(tree);
        for (var row = 0; row < jvm.length; row++) {
            var same = Double.compare(sql[row], jvm[row]) == 0;
            assertThat(same || Math.abs(sql[row] - jvm[row]) <= 2 * Math.ulp(jvm[row]))
                    .as("%s of row %d: %s in SQL, %s in the JVM", name, row, sql[row], jvm[row])
                    .isTrue();
        }
    }

    @Property(tries = 300)
    void aTreeReadBackFromItsDocumentIsTheSame(@ForAll("numbers") Node tree) {
        assertThat(NodeDocument.read(NodeDocument.write(tree))).isEqualTo(tree);
    }

    @Provide
    Arbitrary<Node> texts() {
        Arbitrary<Node> leaf = Arbitraries.oneOf(
                Arbitraries.just(new Node.Column("s", Node.Kind.TEXT)),
                Arbitraries.of(TEXTS.subList(1, TEXTS.size())).map(Node.Text::new));
        return Arbitraries.oneOf(leaf, Combinators.combine(leaf, leaf).as(Node.Coalesce::new));
    }

    @Provide
    Arbitrary<Node> numbers() {
        return numbers(4);
    }

    private Arbitrary<Node> numbers(int depth) {
        Arbitrary<Node> leaf = Arbitraries.oneOf(
                Arbitraries.of("x", "y").map(name -> new Node.Column(name, Node.Kind.NUMBER)),
                Arbitraries.of(0.0, -0.0, 1.0, 0.1, -3.7, 1e300, 2 * Math.PI / 1440)
                        .map(Node.Constant::new));
        if (depth == 0) {
            return leaf;
        }
        var deeper = numbers(depth - 1);
        return Arbitraries.oneOf(
                leaf,
                Combinators.combine(Arbitraries.of(Node.Arithmetic.Operator.values()), deeper, deeper)
                        .as(Node.Arithmetic::new),
                Combinators.combine(Arbitraries.of(Node.Function.Name.ABS, Node.Function.Name.SQRT), deeper)
                        .as(Node.Function::new),
                deeper.map(Node.Missing::new),
                texts().map(Node.Missing::new),
                Combinators.combine(deeper, deeper).as(Node.Coalesce::new),
                Combinators.combine(texts(), Arbitraries.of(TEXTS.subList(1, TEXTS.size())))
                        .as(Node.Equals::new),
                deeper.map(node -> new Node.Clip(node, -2.5, 1e10)),
                Arbitraries.just(new Node.Lookup(new Node.Column("s", Node.Kind.TEXT), "t", -1.5, 0.3)));
    }

    private static double[] jvm(Node tree) {
        return new Evaluator(rows(), TABLES).numbers(tree);
    }

    private static double[] sql(Node tree) throws SQLException {
        var numbers = new ArrayList<Double>();
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(select(tree))) {
            while (result.next()) {
                var number = result.getDouble(1);
                numbers.add(result.wasNull() ? Double.NaN : number);
            }
        }
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static String select(Node tree) {
        var rendering = new SqlRendering("r");
        var joins = new HashMap<String, String>();
        lookups(tree).forEach(lookup -> joins.put(lookup.table(), rendering.join(lookup)));
        return "SELECT " + rendering.render(tree) + " FROM rows r "
                + joins.values().stream().collect(Collectors.joining(" ")) + " ORDER BY r.i";
    }

    private static List<Node.Lookup> lookups(Node node) {
        var found = new ArrayList<Node.Lookup>();
        if (node instanceof Node.Lookup lookup) {
            found.add(lookup);
        }
        node.children().forEach(child -> found.addAll(lookups(child)));
        return found;
    }

    private static TableRows rows() {
        var x = new double[NUMBERS.size()];
        var y = new double[NUMBERS.size()];
        for (var i = 0; i < x.length; i++) {
            x[i] = orMissing(NUMBERS.get(i));
            y[i] = orMissing(NUMBERS.get((i * 7 + 3) % NUMBERS.size()));
        }
        return new TableRows(x.length, Map.of("x", x, "y", y), Map.of("s", TEXTS.toArray(String[]::new)));
    }

    private static double orMissing(@Nullable Double number) {
        return number == null ? Double.NaN : number;
    }
}
