import Diagnostics
import Foundation

/// A file of published content, read whole.
struct ContentFile {
  /// The name diagnostics give it: the folder as the reader was given it, and the file.
  var name: String
  /// Its bytes.
  var bytes: Data

  /// Reads a file; what stands in the way is one diagnostic.
  static func read(
    _ file: String, in folder: URL
  ) -> Result<ContentFile, ContentFault> {
    let name = name(of: file, in: folder)
    do {
      return .success(
        ContentFile(name: name, bytes: try Data(contentsOf: folder.appending(path: file))))
    } catch {
      let exists = FileManager.default.fileExists(atPath: folder.appending(path: file).path)
      return .failure(ContentFault(diagnostic: exists ? unreadable(name) : missing(name)))
    }
  }

  /// The names of a folder's files that end in a suffix, in order; a folder that cannot be read is a
  /// fault.
  static func names(
    endingIn suffix: String, in folder: URL, faults: inout [Diagnostic]
  ) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { $0.hasSuffix(suffix) }
        .sorted()
    } catch {
      faults.append(
        Diagnostic(
          "missing-folder", file: folder.relativePath,
          message: Text("读不到这个文件夹。", "The folder cannot be read."),
          remedy: Text("请检查路径与读取权限。", "Check the path and the permission to read it.")))
      return []
    }
  }

  /// The name diagnostics give a file of a folder.
  static func name(of file: String, in folder: URL) -> String {
    folder.relativePath == "." ? file : folder.relativePath + "/" + file
  }

  private static func missing(_ name: String) -> Diagnostic {
    Diagnostic(
      "missing-file", file: name, message: Text("找不到这个文件。", "The file is not there."),
      remedy: Text("请把文件放到这个位置。", "Put the file in this place."))
  }

  private static func unreadable(_ name: String) -> Diagnostic {
    Diagnostic(
      "unreadable-file", file: name, message: Text("这个文件读不出来。", "The file cannot be read."),
      remedy: Text("请检查文件的读取权限。", "Check the permission to read it."))
  }
}

/// A fault that ends the reading of a file.
struct ContentFault: Error {
  var diagnostic: Diagnostic
}
