package dev.esteira.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.esteira.kernel.Limit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The dialect: standard CEL in which integers and doubles may be mixed in comparisons and in arithmetic. */
final class CelEnvironment {

    @Limit(value = "Iterations of one evaluation of an expression.", unit = "iterations")
    static final int MAX_ITERATIONS = 100_000;

    @Limit(value = "An expression.", unit = "characters")
    static final int MAX_LENGTH = 4_000;

    @Limit(value = "Depth of an expression.", unit = "levels")
    private static final int MAX_DEPTH = 64;

    @Limit(value = "A regular expression in an expression.", unit = "characters")
    private static final int MAX_REGEX = 1_000;

    private enum Arithmetic {
        ADD("_+_"),
        SUBTRACT("_-_"),
        MULTIPLY("_*_"),
        DIVIDE("_/_");

        private final String function;

        Arithmetic(String function) {
            this.function = function;
        }

        String integerFirst() {
            return name().toLowerCase(Locale.ROOT) + "_int64_double";
        }

        String doubleFirst() {
            return name().toLowerCase(Locale.ROOT) + "_double_int64";
        }

        double compute(Number leftSide, Number rightSide) {
            var left = leftSide.doubleValue();
            var right = rightSide.doubleValue();
            return switch (this) {
                case ADD -> left + right;
                case SUBTRACT -> left - right;
                case MULTIPLY -> left * right;
                case DIVIDE -> left / right;
            };
        }
    }

    /** Costs a good part of a second at its first use, so it is made then. */
    private static final class Dialect {

        static final CelOptions OPTIONS = CelOptions.current()
                .enableHeterogeneousNumericComparisons(true)
                .enableHiddenAccumulatorVar(true)
                .comprehensionMaxIterations(MAX_ITERATIONS)
                .maxExpressionCodePointSize(MAX_LENGTH)
                .maxParseRecursionDepth(MAX_DEPTH)
                .maxRegexProgramSize(MAX_REGEX)
                .build();
        static final CelRuntime RUNTIME = newRuntime();
        static final CelParser PARSER = CelParserFactory.standardCelParserBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .build();

        private Dialect() {}

        private static CelRuntime newRuntime() {
            var builder = CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS);
            for (var arithmetic : Arithmetic.values()) {
                builder.addFunctionBindings(CelFunctionBinding.fromOverloads(
                        arithmetic.function,
                        CelFunctionBinding.from(
                                arithmetic.integerFirst(), Long.class, Double.class, arithmetic::compute),
                        CelFunctionBinding.from(
                                arithmetic.doubleFirst(), Double.class, Long.class, arithmetic::compute)));
            }
            return builder.build();
        }
    }

    private CelEnvironment() {}

    static CelRuntime runtime() {
        return Dialect.RUNTIME;
    }

    static CelParser parser() {
        return Dialect.PARSER;
    }

    /** A compiler that knows these variables. */
    static CelCompiler compiler(ExpressionType.Struct variables) {
        var structs = new LinkedHashMap<String, StructType>();
        var types = new LinkedHashMap<String, CelType>();
        variables.fields().forEach((name, type) -> types.put(name, celType(type, name, structs)));
        var builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(Dialect.OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setTypeProvider(provider(ImmutableMap.copyOf(structs)));
        types.forEach(builder::addVar);
        for (var arithmetic : Arithmetic.values()) {
            builder.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(
                    arithmetic.function,
                    CelOverloadDecl.newGlobalOverload(
                            arithmetic.integerFirst(), SimpleType.DOUBLE, SimpleType.INT, SimpleType.DOUBLE),
                    CelOverloadDecl.newGlobalOverload(
                            arithmetic.doubleFirst(), SimpleType.DOUBLE, SimpleType.DOUBLE, SimpleType.INT)));
        }
        for (var equality : List.of("_==_", "_!=_")) {
            var name = equality.equals("_==_") ? "equals" : "not_equals";
            builder.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(
                    equality,
                    CelOverloadDecl.newGlobalOverload(
                            name + "_int64_double", SimpleType.BOOL, SimpleType.INT, SimpleType.DOUBLE),
                    CelOverloadDecl.newGlobalOverload(
                            name + "_double_int64", SimpleType.BOOL, SimpleType.DOUBLE, SimpleType.INT)));
        }
        return builder.build();
    }

    private static CelType celType(ExpressionType type, String name, Map<String, StructType> structs) {
        return switch (type) {
            case ExpressionType.Dynamic dynamic -> SimpleType.DYN;
            case ExpressionType.Scalar(var logical) ->
                switch (logical) {
                    case STRING, DATE -> SimpleType.STRING;
                    case INTEGER -> SimpleType.INT;
                    case NUMBER, DECIMAL -> SimpleType.DOUBLE;
                    case BOOLEAN -> SimpleType.BOOL;
                    case TIMESTAMP -> SimpleType.TIMESTAMP;
                };
            case ExpressionType.MapOf(var value) ->
                MapType.create(SimpleType.STRING, celType(value, name + ".value", structs));
            case ExpressionType.ListOf(var item) -> ListType.create(celType(item, name + ".item", structs));
            case ExpressionType.Struct(var fields) -> struct(fields, name, structs);
        };
    }

    private static CelType struct(Map<String, ExpressionType> fields, String name, Map<String, StructType> structs) {
        var types = new LinkedHashMap<String, CelType>();
        fields.forEach((field, type) -> types.put(field, celType(type, name + "." + field, structs)));
        var typeName = "esteira." + name;
        var known = ImmutableMap.copyOf(types);
        structs.put(
                typeName, StructType.create(typeName, known.keySet(), field -> Optional.ofNullable(known.get(field))));
        return StructTypeReference.create(typeName);
    }

    private static CelTypeProvider provider(ImmutableMap<String, StructType> structs) {
        return new CelTypeProvider() {
            @Override
            public ImmutableCollection<CelType> types() {
                return ImmutableList.copyOf(structs.values());
            }

            @Override
            public Optional<CelType> findType(String name) {
                return Optional.ofNullable(structs.get(name));
            }
        };
    }
}
