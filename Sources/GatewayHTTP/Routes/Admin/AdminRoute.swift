import GatewayCore
import NIOHTTP1
import Pipeline

/// What operators ask for, behind a key of their own.
enum AdminRoute: Equatable {
    /// `POST /admin/cache/purge`.
    case purge
    /// `POST /admin/cache/import`.
    case importing
    /// `GET /admin/cache/export`.
    case exporting
    /// `GET /admin/cache/entries`.
    case entries
    /// `GET /admin/cache/entries/{id}`.
    case entry(String)
    /// `POST /admin/cache/neighbours`.
    case neighbours
    /// `GET /admin/cache/stats`.
    case statistics

    /// What all paths of operators begin with.
    static let prefix = "/admin/"
    private static let entryPrefix = "/admin/cache/entries/"

    /// Nil for paths that lead nowhere.
    init?(path: Substring) {
        switch path {
        case "/admin/cache/purge": self = .purge
        case "/admin/cache/import": self = .importing
        case "/admin/cache/export": self = .exporting
        case "/admin/cache/entries": self = .entries
        case "/admin/cache/neighbours": self = .neighbours
        case "/admin/cache/stats": self = .statistics
        case _ where path.hasPrefix(Self.entryPrefix):
            self = .entry(PercentEncoding.decode(String(path.dropFirst(Self.entryPrefix.count))))
        default: return nil
        }
    }

    var method: HTTPMethod {
        switch self {
        case .purge, .importing, .neighbours: .POST
        case .exporting, .entries, .entry, .statistics: .GET
        }
    }

    /// Answers a request that was let in.
    func answer(to request: HTTPRequest, desk: AdminDesk) async -> Answer {
        do throws(GatewayError) {
            switch self {
            case .purge: return Answer(json: try await desk.purge(PurgeOrder(json: request.body)).json)
            case .importing: return try await imported(request, desk)
            case .exporting: return try await exported(request, desk)
            case .entries:
                let query = try AdminQuery(request.head.query, names: AdminDesk.entriesNames)
                return Answer(json: try await desk.entries(query).json)
            case .entry(let id): return Answer(json: try await desk.entry(id).json)
            case .neighbours:
                return Answer(json: try await desk.neighbours(NeighbourOrder(json: request.body)).json)
            case .statistics:
                let query = try AdminQuery(request.head.query, names: AdminDesk.statsNames)
                return Answer(json: try await desk.statistics(query).json)
            }
        } catch {
            return Answer(refusing: error)
        }
    }

    private func imported(_ request: HTTPRequest, _ desk: AdminDesk) async throws(GatewayError) -> Answer {
        let type = request.head.headers.first(name: "content-type")?.lowercased() ?? ""
        let receipt = try await desk.importAnswers(
            request.body, isTable: type.hasPrefix("text/csv"),
            query: AdminQuery(request.head.query, names: AdminDesk.importNames))
        return Answer(status: receipt.isHalted ? 400 : 200, json: receipt.json)
    }

    private func exported(_ request: HTTPRequest, _ desk: AdminDesk) async throws(GatewayError) -> Answer {
        let query = try AdminQuery(request.head.query, names: AdminDesk.exportNames)
        let accepted = request.head.headers.first(name: "accept")?.lowercased() ?? ""
        let page = try await desk.exportAnswers(query, prefersTable: accepted.hasPrefix("text/csv"))
        var answer = Answer(
            contentType: page.isTable ? "text/csv; charset=utf-8" : "application/x-ndjson", body: page.body)
        answer.nextCursor = page.next
        return answer
    }
}
