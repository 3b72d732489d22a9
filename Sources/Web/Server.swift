public import Hummingbird
import NIOCore

extension Site {
  /// Every address of the site.
  var endpoints: [Endpoint] {
    LandingRoutes(site: self).endpoints + StartRoutes(site: self).endpoints
      + StageRoutes(site: self).endpoints + ResultRoutes(site: self).endpoints
      + PlanRoutes(site: self).endpoints + PlanCourseRoutes(site: self).endpoints
      + SheetRoutes(site: self).endpoints + CatalogueRoutes(site: self).endpoints
      + DemandRoutes(site: self).endpoints + GainRoutes(site: self).endpoints
      + ReturnedSheetRoutes(site: self).endpoints + CourseFormRoutes(site: self).endpoints
      + ReleaseRoutes(site: self).endpoints + WhatIfRoutes(site: self).endpoints
      + CalibrationRoutes(site: self).endpoints + FormRoutes(site: self).endpoints
      + FormTrialRoutes(site: self).endpoints + TestWindowRoutes(site: self).endpoints
      + SessionCalls(site: self).endpoints
      + PlanCalls(site: self).endpoints + OperatorRoutes(site: self).endpoints
      + SignInRoutes(site: self).endpoints + ActivationRoutes(site: self).endpoints
      + StaffSignInRoutes(site: self).endpoints + InvitationRoutes(site: self).endpoints
      + RecordRoutes(site: self).endpoints + DeskRoutes(site: self).endpoints
      + PeopleRoutes(site: self).endpoints + PaperRoutes(site: self).endpoints
      + RosterRoutes(site: self).endpoints
      + StaffRoutes(site: self).endpoints + ReportRoutes(site: self).endpoints
      + OwnUnitRoutes(site: self).endpoints + TodayRoutes(site: self).endpoints
      + ItemListRoutes(site: self).endpoints + ItemRoutes(site: self).endpoints
      + ItemImportRoutes(site: self).endpoints + ItemStateRoutes(site: self).endpoints
      + draftEndpoints
      + PanelListRoutes(site: self).endpoints + PanelRoutes(site: self).endpoints
      + JudgingRoutes(site: self).endpoints
  }

  /// The site as a program that listens.
  ///
  /// - Parameters:
  ///   - host: the address to listen on.
  ///   - port: the port; 0 takes a free one.
  ///   - onRunning: called with the port once requests are served.
  /// - Returns: the application, not yet running.
  public func application(
    host: String, port: Int, onRunning: @escaping @Sendable (Int) -> Void
  ) -> some ApplicationProtocol {
    Application(
      responder: responder(),
      // Without an idle timeout a phone that lost its line holds a connection for ever.
      server: .http1(configuration: .init(idleTimeout: .seconds(60))),
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { channel in onRunning(channel.localAddress?.port ?? port) },
      logger: logger)
  }

  /// The responder that serves every request.
  func responder() -> RouterResponder<VisitorContext> {
    let router = Router(context: VisitorContext.self)
    router.addMiddleware {
      SecurityHeaders(isBehindTLS: settings.isBehindTLS)
      VisitorMiddleware(cookies: cookies)
      ErrorMiddleware(site: self)
      AccountMiddleware(site: self)
      FormGuard(publicHost: settings.publicHost)
    }
    for endpoint in endpoints {
      router.on(RouterPath(endpoint.path), method: endpoint.method, use: endpoint.answer)
      if endpoint.method == .get {
        // What watches a service asks for the head alone.
        router.on(RouterPath(endpoint.path), method: .head) { request, context in
          var response = try await endpoint.answer(request, context)
          response.body = ResponseBody()
          return response
        }
      }
    }
    return router.buildResponder()
  }

  var cookies: VisitorCookies { VisitorCookies(isBehindTLS: settings.isBehindTLS) }
}
