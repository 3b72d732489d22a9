import Competency
import Courses
import Foundation
import Testing

/// The five shipped programmes against their documents' own arithmetic.
struct ProgrammePresetTests {
  private let programmes: [Programme]

  init() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Courses/programmes").standardized
    let (programmes, diagnostics) = ProgrammeReader.read(
      folder: folder, frameworks: FrameworkSamples.shipped)
    try #require(diagnostics.isEmpty, "\(diagnostics)")
    self.programmes = programmes
  }

  private func programme(_ id: String) throws -> Programme {
    try #require(programmes.first { $0.id.rawValue == id })
  }

  @Test func `there are five, each about its framework`() {
    #expect(
      programmes.map(\.id.rawValue) == [
        "jiangsu-2020", "national-2013", "national-2019", "quanzhou-2016", "ziyuan-2020",
      ])
    #expect(
      programmes.map(\.framework.rawValue) == ["cn-2.0", "cn-2014", "cn-2.0", "cn-2014", "cn-2.0"])
  }

  @Test(arguments: ["jiangsu-2020", "national-2019", "ziyuan-2020"])
  func `a programme of 2.0 asks for 50 hours, half of them practice, in one environment`(
    id: String
  ) throws {
    let programme = try programme(id)
    #expect(programme.rules.hours.minimum == 50)
    #expect(programme.rules.practice.minimum == 50 / 2)
    #expect(programme.rules.isForOneEnvironment)
    // Nothing is credited, so courses have to hold all of it.
    #expect(programme.courseRules == programme.rules)
    // Whoever teaches takes part, and nobody names stages, proofs or prices.
    let terms = programme.terms
    #expect(terms.structure == nil && terms.exemption == nil)
    #expect(terms.certificates == nil && terms.cost == nil)
  }

  @Test
  func `Jiangsu's 25 hours are of videos the teacher chooses, and online work counts as practice`()
    throws
  {
    let programme = try programme("jiangsu-2020")
    #expect(programme.rules.video == .init(minimum: 25))
    // 50 = 25 of videos + 25 of practice.
    #expect(
      programme.rules.hours.minimum
        == (programme.rules.video?.minimum ?? 0) + programme.rules.practice.minimum)
    let evidence = try #require(programme.terms.evidence)
    #expect(evidence.mode == .practice)
    #expect(evidence.activities.map(\.name) == ["在线教学资源制作", "在线教学实施"])
    #expect(evidence.source.quote?.contains("可计入") == true)
  }

  @Test(arguments: ["national-2019", "ziyuan-2020"])
  func `half of 50 hours in five years is practice: 25`(id: String) throws {
    let programme = try programme(id)
    #expect(programme.terms.period?.years == 5)
    let share = try #require(programme.rules.practiceShare)
    #expect(share.minimum * programme.rules.hours.minimum == programme.rules.practice.minimum)
  }

  @Test func `Ziyuan's gates come in the order of its document`() throws {
    let gates = try #require(try programme("ziyuan-2020").terms.gates)
    #expect(
      gates.gates == [
        .hours(.online, minimum: 25), .activities(["研课", "磨课", "授课", "评课"]),
        .results(minimum: 2), .hours(.practice, minimum: 25),
      ])
    #expect(gates.firstMode == .online)
  }

  @Test func `no shipped programme contradicts itself`() {
    #expect(programmes.allSatisfy { $0.rules.conflict().isEmpty })
  }

  @Test func `the national programme of 2013 asks for 50 hours in five years and nothing else`()
    throws
  {
    let programme = try programme("national-2013")
    #expect(
      programme.rules
        == ProgrammeRules(
          hours: .init(minimum: 50, maximum: 55), online: .init(minimum: 0),
          practice: .init(minimum: 0), minimumPoints: 1, minimumDimensions: 1,
          isForOneEnvironment: false))
    #expect(programme.courseRules == programme.rules)
    #expect(programme.terms.period?.years == 5)
    #expect(programme.terms.period?.source.quote == "原则上每五年不少于50学时")
    #expect(programme.terms.structure == nil && programme.terms.cost == nil)
  }

  @Test(arguments: [
    // 苏教师〔2020〕5号: 20 %, 40 % and 40 % of the schools in three years.
    ("jiangsu-2020", ProgrammeTerms.Quota.Counting.schools, [2020, 2021, 2022], [0.2, 0.4, 0.4]),
    // 40 % of the county's schools in 2020, all by 2022.
    ("ziyuan-2020", .schools, [2020, 2022], [0.4, 0.6]),
    // At least 20 % of the teachers each year from 2014, all by the end of 2017.
    ("national-2013", .teachers, [2014, 2015, 2016, 2017], [0.2, 0.2, 0.2, 0.4]),
  ])
  func `a yearly quota is the document's and comes to everybody`(
    id: String, counting: ProgrammeTerms.Quota.Counting, years: [Int], shares: [Double]
  ) throws {
    let quota = try #require(try programme(id).terms.quota)
    #expect(quota.counting == counting)
    #expect(quota.years.map(\.year) == years && quota.years.map(\.share) == shares)
    #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
    #expect(quota.source.quote != nil)
  }

  @Test func `Quanzhou's 80 hours are 50 online and 30 of practice, each with its certificate`()
    throws
  {
    let programme = try programme("quanzhou-2016")
    #expect(programme.rules.hours == .init(minimum: 80, maximum: 88))
    #expect(programme.rules.online == .init(minimum: 50))
    #expect(programme.rules.practice == .init(minimum: 30))
    #expect(
      programme.rules.hours.minimum
        == programme.rules.online.minimum + programme.rules.practice.minimum)
    #expect(programme.terms.certificates?.list.map(\.hours) == [50, 30])
    #expect(
      programme.terms.certificates?.list.map(\.name) == ["网络培训合格证明", "网络研修与教学实践合格证明"])
  }

  @Test func `Quanzhou's stages and the theme outside them add up: 13 + 32 + 28 + 7`() throws {
    let structure = try #require(try programme("quanzhou-2016").terms.structure)
    #expect(structure.stages.map { $0.online + $0.practice } == [13, 32, 28])
    #expect(structure.stages.map(\.weeks) == [2, 6, 3])
    #expect(structure.themes.count == 12)
    let ofStage = Dictionary(grouping: structure.themes, by: \.stage).mapValues {
      $0.map(\.hours).reduce(0, +)
    }
    #expect(ofStage == [1: 13, 2: 32, 3: 28, nil: 7])
    #expect(structure.themes.map(\.online).reduce(0, +) == 50)
    #expect(structure.themes.map(\.practice).reduce(0, +) == 30)
    #expect(structure.themes.filter { $0.stage == nil }.map(\.number) == [12])
  }

  @Test func `theme 3 is the diagnosis itself: its 4 hours need no course`() throws {
    let programme = try programme("quanzhou-2016")
    let credited = try #require(programme.terms.structure?.credited)
    #expect(credited.number == 3)
    #expect((credited.online, credited.practice, credited.hours) == (2, 2, 4))
    #expect(programme.courseRules.hours == .init(minimum: 76, maximum: 84))
    #expect(programme.courseRules.online == .init(minimum: 48))
    #expect(programme.courseRules.practice == .init(minimum: 28))
    #expect(programme.courseRules.minimumPoints == programme.rules.minimumPoints)
  }

  @Test func `3 yuan an hour make 240 yuan a teacher`() throws {
    let programme = try programme("quanzhou-2016")
    let cost = try #require(programme.terms.cost)
    #expect(cost.perHour == 3)
    #expect(cost.perTeacher == 240)
    #expect(cost.total(forHours: programme.rules.hours.minimum) == cost.perTeacher)
  }

  @Test func `the county chooses one of two institutions, and who retires soon is exempt`() throws {
    let terms = try programme("quanzhou-2016").terms
    #expect(terms.provider?.chooser == .county)
    #expect(terms.provider?.candidates == 2)
    #expect(terms.provider?.institutions.count == 2)
    let exemption = try #require(terms.exemption)
    #expect(exemption.applies(yearsToRetirement: 4.99))
    #expect(!exemption.applies(yearsToRetirement: 5))
    // Every quoted word is there to be compared with the document.
    let quotes = [terms.provider?.source.quote, exemption.source.quote, terms.cost?.source.quote]
    #expect(quotes.allSatisfy { $0?.isEmpty == false })
  }
}
