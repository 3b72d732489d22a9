public import Diagnostics

/// Reads a roster of either kind: what the file begins with tells which.
public enum RosterReader {
  /// The largest file that is taken, in bytes.
  public static let byteLimit = 64 << 20

  /// What is said of a file that is larger.
  public static func tooLarge(_ file: String) -> Diagnostic {
    Diagnostic(
      "file-too-large", file: file,
      message: Text(
        "文件超过 \(byteLimit >> 20) MB。", "The file is larger than \(byteLimit >> 20) MB."),
      remedy: Text("请按学校或区县分成几个文件。", "Split it by school or county."))
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - bytes: a CSV sheet of persons or units, or a OneRoster archive.
  ///   - file: its name, for the diagnostics.
  /// - Returns: the roster, nil when none can be read; and what is wrong, by row and column.
  public static func read(
    _ bytes: [UInt8], file: String
  ) -> (roster: Roster?, diagnostics: [Diagnostic]) {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
      ? OneRosterReader.read(archive: bytes, file: file)
      : RosterSheetReader.read(bytes, file: file)
  }
}
