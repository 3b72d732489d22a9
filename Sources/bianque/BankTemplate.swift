import ArgumentParser
import Diagnostics
import Foundation
import ItemBank

/// `bianque bank template`: the sheet that authors fill in, one row an item.
struct BankTemplate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template", abstract: "写出题目表的模板。Writes the template of an item sheet.")

  @Option(help: "写到哪个 .csv 文件；已有的不覆盖。The .csv file to write; one that is there is kept.")
  var to: String
  @Option(help: "能力框架所在的题库，缺省 ItemBank。The bank with the framework.")
  var bank = "ItemBank"

  func run() throws {
    let terminal = Terminal.current
    let folder = URL(filePath: bank, directoryHint: .isDirectory)
    let framework = BankReader.read(folder: folder).bank?.frameworks.first
    do {
      try Data(ItemSheet.template(for: framework))
        .write(to: URL(filePath: to), options: .withoutOverwriting)
    } catch {
      terminal.say(
        terminal(
          Text("写不了文件，或文件已经存在：\(to)", "The file cannot be written, or is there already: \(to)")))
      throw ExitCode(Exit.refused)
    }
    print(
      terminal(
        Text(
          "模板在 \(to)。填好后用 bianque bank import \(to) 导入。",
          "The template is \(to). Fill it in and run bianque bank import \(to).")))
  }
}
