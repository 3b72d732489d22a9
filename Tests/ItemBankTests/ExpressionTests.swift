import ItemBank
import Testing

struct ExpressionTests {
  /// The value of an expression, with `f`, `i`, `s`, `d` for fixed values and names without `qti-`.
  private func value(_ expression: String, type: String = "float") throws -> OutcomeValue {
    let (item, codes) = RuledItem.setting(expression, type: type).read()
    let read = try #require(item, "\(codes)")
    return try #require(try read.score([:])["X"])
  }

  private static func f(_ number: String) -> String {
    "<qti-base-value base-type=\"float\">\(number)</qti-base-value>"
  }

  private static func i(_ number: String) -> String {
    "<qti-base-value base-type=\"integer\">\(number)</qti-base-value>"
  }

  private static func s(_ text: String) -> String {
    "<qti-base-value base-type=\"string\">\(text)</qti-base-value>"
  }

  private static func e(_ name: String, _ operands: String...) -> String {
    "<qti-\(name)>\(operands.joined())</qti-\(name.split(separator: " ").first ?? "")>"
  }

  private static let null = "<qti-null/>"

  private static let numbers: [(String, Double)] = [
    (e("sum", f("1.5"), i("2")), 3.5), (e("product", f("1.5"), i("2"), i("2")), 6),
    (e("subtract", f("1"), f("2.5")), -1.5), (e("divide", i("1"), i("4")), 0.25),
    (e("integer-divide", i("-7"), i("2")), -4), (e("integer-modulus", i("-7"), i("2")), 1),
    (e("power", i("2"), i("10")), 1024),
    (e("round", f("6.5")), 7), (e("round", f("-6.5")), -6), (e("round", f("-6.51")), -7),
    (e("round", f("0.49999999999999994")), 0), (e("truncate", f("-6.9")), -6),
    (e("min", f("3"), f("-2")), -2), (e("max", i("3"), f("3.5")), 3.5),
    (e("sum", e("multiple", f("1"), f("2"), f("4"))), 7),
    (e("container-size", e("multiple", i("1"), i("1"))), 2), (e("container-size", null), 0),
    (e("index n=\"2\"", e("ordered", i("7"), i("9"))), 9),
  ]

  @Test(arguments: numbers)
  func `numbers are worked out as the specification says`(expression: String, result: Double) throws
  {
    #expect(try value(expression).number == result)
  }

  private static let valueless: [String] = [
    e("divide", i("1"), i("0")), e("integer-divide", i("1"), i("0")), e("power", i("0"), i("-1")),
    e("power", f("-8"), f("0.5")), e("sum", i("1"), null), e("product", null),
    e("subtract", null, i("1")), e("round", null), e("truncate", f("1e300")),
    e("max", i("1"), null), e("index n=\"3\"", e("ordered", i("7"), i("9"))),
    e("sum", e("multiple")), e("product", f("1e200"), f("1e200")),
    e("product", i("9000000000000000000"), i("2")), e("variable identifier=\"R\""),
  ]

  @Test(arguments: valueless)
  func `what has no value is NULL and never infinite`(expression: String) throws {
    #expect(try value(expression) == .null)
  }

  private static let comparisons: [(String, Bool)] = [
    (e("equal tolerance-mode=\"absolute\" tolerance=\"0.1\"", f("0.7"), f("0.8")), true),
    (e("equal tolerance-mode=\"absolute\" tolerance=\"0.1 0.3\"", f("1"), f("1.3")), true),
    (e("equal tolerance-mode=\"absolute\" tolerance=\"0.1 0.3\"", f("1"), f("0.8")), false),
    (
      e(
        "equal tolerance-mode=\"absolute\" tolerance=\"0.2\" include-upper-bound=\"false\"",
        f("0.1"), f("0.3")), false
    ),
    (e("equal tolerance-mode=\"relative\" tolerance=\"10\"", f("200"), f("180")), true),
    (e("equal tolerance-mode=\"relative\" tolerance=\"10\"", f("-200"), f("-210")), true),
    (e("equal tolerance-mode=\"relative\" tolerance=\"10\"", f("200"), f("179")), false),
    (e("equal", i("2"), f("2.0")), true),
    (
      e("equal-rounded rounding-mode=\"decimalPlaces\" figures=\"2\"", f("3.175"), f("3.18")), true
    ),
    (
      e("equal-rounded rounding-mode=\"significantFigures\" figures=\"2\"", f("1549"), f("1500")),
      true
    ),
    (
      e("equal-rounded rounding-mode=\"significantFigures\" figures=\"3\"", f("1.561"), f("1.57")),
      false
    ),
    (e("lt", i("1"), f("1.5")), true), (e("lte", i("1"), i("1")), true),
    (e("gt", i("1"), i("1")), false), (e("gte", i("1"), i("1")), true),
    (e("and", e("lt", i("1"), i("2")), e("is-null", null)), true),
    (e("or", e("lt", i("2"), i("1")), e("is-null", i("1"))), false),
    (e("and", e("lt", i("2"), i("1")), e("lt", null, i("1"))), false),
    (e("or", e("lt", i("1"), i("2")), e("lt", null, i("1"))), true),
    (e("not", e("is-null", s(""))), false), (e("is-null", e("multiple")), true),
    (e("member", i("2"), e("ordered", i("1"), i("2"))), true),
    (e("contains", e("multiple", i("1"), i("2")), e("multiple", i("2"), i("1"))), true),
    (e("contains", e("multiple", i("1"), i("2")), e("multiple", i("2"), i("2"))), false),
    (e("contains", e("multiple", i("1"), i("2")), e("multiple", i("2"), i("3"))), false),
    (e("contains", e("ordered", i("1"), i("2"), i("3")), e("ordered", i("2"), i("3"))), true),
    (e("contains", e("ordered", i("1"), i("2"), i("3")), e("ordered", i("1"), i("3"))), false),
    (e("match", e("multiple", i("1"), i("2")), e("multiple", i("2"), i("1"))), true),
    (e("match", e("ordered", i("1"), i("2")), e("ordered", i("2"), i("1"))), false),
    (e("substring case-sensitive=\"false\"", s("BL"), s("table")), true),
    (e("substring case-sensitive=\"true\"", s("BL"), s("table")), false),
    (e("string-match case-sensitive=\"false\"", s("A b"), s("a B")), true),
    (e("string-match case-sensitive=\"true\"", s("A"), s("a")), false),
  ]

  @Test(arguments: comparisons)
  func `comparisons are true or false as the specification says`(expression: String, result: Bool)
    throws
  {
    #expect(try value(expression, type: "boolean") == .single(.boolean(result)))
  }

  private static let unknowns: [String] = [
    e("not", e("lt", null, i("1"))), e("and", e("lt", i("1"), i("2")), e("gt", null, i("1"))),
    e("or", e("lt", i("2"), i("1")), e("gt", null, i("1"))), e("match", null, i("1")),
    e("equal", i("1"), null), e("member", null, e("multiple", i("1"))),
    e("contains", e("multiple"), e("multiple", i("1"))),
    e("string-match case-sensitive=\"true\"", null, s("a")),
  ]

  @Test(arguments: unknowns)
  func `a comparison with no value is NULL`(expression: String) throws {
    #expect(try value(expression, type: "boolean") == .null)
  }

  private static let faults: [(String, String)] = [
    (e("frobnicate", i("1")), "unsupported-expression"), (e("random"), "unsupported-expression"),
    (e("not"), "operands"), (e("divide", i("1")), "operands"),
    (e("variable identifier=\"NONE\""), "undeclared-variable"),
    (e("correct identifier=\"NONE\""), "undeclared-variable"),
    (e("correct identifier=\"R\""), "missing-correct-response"),
    (e("map-response identifier=\"R\""), "missing-mapping"),
    (f("１"), "number"), (e("index n=\"0\"", e("ordered", i("1"))), "number"),
    (e("equal tolerance-mode=\"absolute\"", i("1"), i("1")), "missing-attribute"),
    (e("equal tolerance-mode=\"nearly\"", i("1"), i("1")), "value"),
    (e("equal-rounded figures=\"0\"", i("1"), i("1")), "number"),
    (e("test-variables variable-identifier=\"SCORE\""), "unsupported-expression"),
    (e("base-value base-type=\"colour\""), "base-type"),
    ("<qti-base-value base-type=\"float\">INF</qti-base-value>", "number"),
  ]

  @Test(arguments: faults)
  func `an expression that cannot be used is an error of its own`(expression: String, code: String)
  {
    let (item, codes) = RuledItem.setting(expression).read()
    #expect(item == nil)
    #expect(codes == [code])
  }
}
