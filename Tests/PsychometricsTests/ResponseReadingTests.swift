import Psychometrics
import Testing

/// Files of scores as people have them: everything odd is found, with its place.
struct ResponseReadingTests {
  private func findings(
    _ text: String, _ model: CalibrationModel = .twoPL
  ) throws -> [ResponseFinding] {
    ResponseScreening(try CalibrationOracle.table(text: text), model: model).findings.list
      .filter { $0.kind != .fewPersons }
  }

  /// A small sound file to plant faults in.
  private let sound = "a,b,c\n0,1,1\n1,0,1\n1,1,0\n0,0,0\n"

  @Test(arguments: [1, 2, 3, 7, 1000])
  func `where the stream is cut does not matter`(piece: Int) throws {
    let text = "\u{FEFF}\"a\",b , c\r\n0,\"1\",1.0\r\n,NA,1\r\n\r\n1,0,0"
    let table = try CalibrationOracle.table(text: text, piece: piece)
    #expect(table.items == ["a", "b", "c"])
    #expect(table.scores == [0, 1, 1, 255, 255, 1, 1, 0, 0])
    #expect(table.lines == [2, 3, 5])
    #expect(table.findings.list.isEmpty)
  }

  @Test func `a sound file has no findings but that it is small`() throws {
    #expect(try findings(sound).isEmpty)
    let screening = ResponseScreening(try CalibrationOracle.table(text: sound), model: .twoPL)
    #expect(screening.findings.counts == [.fewPersons: 1])
  }

  @Test(arguments: [
    (
      "a,b,c\n0,1,x\n1,0,1\n1,1,0\n0,0,0\n",
      ResponseFinding(.notAnInteger, line: 2, column: 3, detail: "x")
    ),
    (
      "a,b,c\n0,1,1\n1,0.5,1\n1,1,0\n0,0,0\n",
      ResponseFinding(.notAnInteger, line: 3, column: 2, detail: "0.5")
    ),
    (
      "a,b,c\n0,1,1\n1,0,-9\n1,1,0\n0,0,0\n",
      ResponseFinding(.outOfRange, line: 3, column: 3, detail: "-9")
    ),
    (
      "a,b,c\n0,1,1\n1,0,999\n1,1,0\n0,0,0\n",
      ResponseFinding(.outOfRange, line: 3, column: 3, detail: "999")
    ),
    ("a,b,c\n0,1\n1,0,1\n1,1,0\n0,0,0\n", ResponseFinding(.shortRow, line: 2, column: 2)),
    ("a,b,c\n0,1,1,1\n1,0,1\n1,1,0\n0,0,0\n", ResponseFinding(.longRow, line: 2, column: 4)),
    ("a;b;c\n0;1;1\n1;0;1\n1;1;0\n0;0;0\n", ResponseFinding(.otherDelimiter, line: 1, detail: ";")),
    (
      "a,b,a\n0,1,1\n1,0,1\n1,1,0\n0,0,0\n",
      ResponseFinding(.duplicateName, line: 1, column: 3, detail: "a")
    ),
    ("a,,c\n0,1,1\n1,0,1\n1,1,0\n0,0,0\n", ResponseFinding(.unnamedColumn, line: 1, column: 2)),
    (
      "a,b,c\n0,1,1\n1,1,1\n1,1,0\n0,1,0\n", ResponseFinding(.everyoneEqual, column: 2, detail: "b")
    ),
    (
      "a,b,c\n0,,1\n1,,1\n1,,0\n0,,0\n",
      ResponseFinding(.itemWithoutAnswers, column: 2, detail: "b")
    ),
    ("a,b,c\n0,1,1\n1,0,1\n,,\n1,1,0\n0,0,0\n", ResponseFinding(.rowWithoutAnswers, line: 4)),
    (
      "a,b,c\n0,0,1\n1,1,1\n1,1,0\n0,0,0\n",
      ResponseFinding(.identicalItems, column: 2, detail: "b = a")
    ),
    ("a,b,c\n0,1,1\n1,2,1\n1,1,0\n0,2,0\n", ResponseFinding(.recoded, column: 2, detail: "b")),
    (
      "a,b,c\n0,1,1\n1,0,1\n1,2,0\n0,3,0\n",
      ResponseFinding(.moreThanTwoCategories, column: 2, detail: "b")
    ),
  ])
  func `a fault is found where it is`(text: String, expected: ResponseFinding) throws {
    #expect(try findings(text) == [expected])
  }

  @Test func `an empty category is found, and those above move down`() throws {
    let text = "a,b\n0,1\n1,0\n3,1\n0,0\n"
    #expect(
      try findings(text, .partialCredit) == [
        ResponseFinding(.emptyCategory, column: 1, detail: "a: 2")
      ])
    let screening = ResponseScreening(
      try CalibrationOracle.table(text: text), model: .partialCredit)
    #expect(screening.items[0].scores == [0, 1, 3])
    #expect(screening.matrix?.answers == [0, 1, 1, 0, 2, 1, 0, 0])
  }

  @Test func `a stray score among binary ones is named and taken as missing`() throws {
    var text = "a,b\n"
    for row in 0..<40 { text += "\(row % 2),\(row / 2 % 2)\n" }
    text += "7,1\n"
    #expect(
      try findings(text) == [ResponseFinding(.outOfRange, line: 42, column: 1, detail: "7")])
  }

  @Test func `a column of numbers is no item`() throws {
    var text = "person,a\n"
    for row in 0..<60 { text += "\(row),\(row % 2)\n" }
    let screening = ResponseScreening(
      try CalibrationOracle.table(text: text), model: .partialCredit)
    #expect(screening.items.map(\.id) == ["a"])
    #expect(screening.leftOut.map(\.kind) == [.tooManyCategories])
  }

  @Test func `of many faults of a kind the first twenty are kept and all are counted`() throws {
    let text = "a,b\n" + String(repeating: "x,1\n", count: 70)
    let findings = try CalibrationOracle.table(text: text).findings
    #expect(findings.list.count == 20)
    #expect(findings.counts[.notAnInteger] == 70)
  }

  @Test func `weights and groups are read from their columns`() throws {
    let text = "a,n,b,g\n0,2,1,x\n1,0.5,0,y\n1,-1,1,x\n"
    let table = try CalibrationOracle.table(text: text, weights: "n", groups: "g")
    #expect(table.items == ["a", "b"])
    #expect(table.weights == [2, 0.5, 0])
    #expect(table.groups == [0, 1, 0])
    #expect(table.groupNames == ["x", "y"])
    #expect(table.findings.list.map(\.kind) == [.badWeight])
    #expect(throws: ResponseTableError.noSuchColumn("m")) {
      try CalibrationOracle.table(text: text, weights: "m")
    }
  }

  @Test func `what is no table is refused`() {
    #expect(throws: ResponseTableError.empty) { try CalibrationOracle.table(text: "") }
    #expect(throws: ResponseTableError.noRows) { try CalibrationOracle.table(text: "a,b\n") }
    #expect(throws: ResponseTableError.notText) {
      try CalibrationOracle.table(text: "a\u{0},b\u{0}\n1,0\n")
    }
  }

  @Test func `nothing left to estimate leaves no matrix`() throws {
    let screening = ResponseScreening(
      try CalibrationOracle.table(text: "a,b\n1,0\n1,0\n"), model: .twoPL)
    #expect(screening.matrix == nil)
    #expect(screening.leftOut.count == 2)
  }
}
