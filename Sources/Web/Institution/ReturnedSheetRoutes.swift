import Foundation
import Hummingbird
import People
import Storage

/// A sheet that could not be brought in, with its faults written in.
struct ReturnedSheetRoutes: Sendable {
  let site: Site

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, SitePath.returnedSheet("{sheet}"), may: .tuneContent, on: .service, site: site
      ) { request, context, permission in
        guard
          let sheet = site.returnedSheets.sheet(
            try context.parameter("sheet"), of: permission.signedIn.auditName, at: site.now())
        else { throw Refusal.notFound }
        return Response.download(
          sheet, type: "text/csv; charset=utf-8", name: "errors.csv",
          acceptsGzip: request.acceptsGzip)
      }
    ]
  }
}

extension Site {
  /// Keeps a sheet with its faults written in.
  ///
  /// - Returns: its address; nil for what is no sheet.
  func returned(_ bytes: [UInt8], with faults: SheetFaults, to owner: String) -> String? {
    faults.marked(bytes).map {
      SitePath.returnedSheet(returnedSheets.keep($0, for: owner, at: now()))
    }
  }
}
