import People
import Simulation

/// A city that does not exist: three counties, 24 schools of very different size, about 2,400
/// teachers.
///
/// A seed always gives the same one.
struct DemoWorld {
  /// How many teachers each school has, the smallest three.
  static let schoolSizes = [
    420, 310, 260, 220, 180, 150, 130, 110, 95, 85, 75, 66, 58, 50, 44, 38, 32, 26, 22, 18, 14, 12,
    8, 3,
  ]

  /// Units and persons, as a roster file would give them.
  let roster: Roster
  /// Each school's own level, in logits, by its name: schools differ.
  let schoolEffects: [String: Double]

  private static let city = "青禾市"
  private static let counties = ["临溪县", "枫林区", "远山县"]
  private static let stages = ["小学", "初中", "小学", "高中", "小学", "初中", "幼儿园", "中职"]
  private static let subjects = [
    "语文", "数学", "英语", "科学", "道德与法治", "体育与健康", "音乐", "美术", "信息科技", "心理",
  ]
  private static let surnames = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭",
    "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧",
  ]
  private static let givenNames = [
    "丽", "敏", "静", "强", "磊", "洋", "艳", "勇", "军", "杰", "娟", "涛", "明", "超", "秀英", "霞", "平", "刚",
    "桂英", "文", "辉", "玲", "建国", "晓燕", "志远", "雨桐", "子涵", "思远", "海燕", "红梅",
  ]

  /// Makes the world of a seed.
  ///
  /// - Parameters:
  ///   - seed: the seed.
  ///   - schoolSizes: how many teachers each school has; the last is a teaching site of the one before.
  init(seed: UInt64, schoolSizes: [Int] = Self.schoolSizes) {
    var dice = NormalDice(seed: seed, purpose: "demo world")
    var roster = Roster()
    roster.addUnit(.city, Self.city, below: nil)
    for county in Self.counties { roster.addUnit(.county, county, below: Self.city) }
    var effects: [String: Double] = [:]
    for (index, size) in schoolSizes.enumerated() {
      let stage = Self.stages[index % Self.stages.count]
      let county = Self.counties[index % Self.counties.count]
      let name = "\(county.dropLast())第\(index / 3 + 1)\(Self.kind(of: stage))"
      let isSite = index == schoolSizes.count - 1
      let parent = isSite ? roster.units[roster.units.count - 2].name : county
      roster.addUnit(isSite ? .site : .school, isSite ? "远山教学点" : name, below: parent)
      let school = roster.units[roster.units.count - 1].name
      effects[school] = 0.35 * dice.normal()
      for place in 0..<size {
        roster.addPerson(
          number: "T\(1001 + place)", school: school,
          entry: Self.entry(
            place, of: size, stage: stage, isFifth: index == 4, using: &dice))
      }
    }
    self.roster = roster
    schoolEffects = effects
  }

  private static func kind(of stage: String) -> String {
    switch stage {
    case "小学": "小学"
    case "幼儿园": "幼儿园"
    case "高中": "高级中学"
    case "中职": "职业学校"
    default: "初级中学"
    }
  }

  private static func entry(
    _ place: Int, of size: Int, stage: String, isFifth: Bool,
    using dice: inout NormalDice
  ) -> Person.Entry {
    let name =
      surnames[dice.number(below: surnames.count)]
      + givenNames[dice.number(below: givenNames.count)]
    // Small schools have one group; one school has a group of exactly four.
    let groupCount = max(1, min(subjects.count - 1, size / 12))
    var subject = subjects[place % groupCount]
    if isFifth, place < 4 { subject = subjects[subjects.count - 1] }
    return Person.Entry(
      name: name, schoolStage: stage, subject: subject,
      group: groupCount == 1 && !isFifth ? "综合组" : "\(subject)组",
      isNearRetirement: dice.number(below: 100) < 6)
  }
}

extension Roster {
  fileprivate mutating func addUnit(
    _ kind: AdministrativeUnit.Kind, _ name: String, below parent: String?
  ) {
    units.append(
      UnitRow(
        kind: kind, name: name, parent: parent.map(Reference.name),
        place: Place(file: "demo", line: units.count + 1)))
  }

  fileprivate mutating func addPerson(number: String, school: String, entry: Person.Entry) {
    persons.append(
      PersonRow(
        staffNumber: number, unit: .name(school), entry: entry, hasLeft: false,
        place: Place(file: "demo", line: persons.count + 1), unitColumn: 3))
  }
}
