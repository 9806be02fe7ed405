import GatewayCore
import NIOHTTP1
import Pipeline

/// What operators ask for, behind a key of their own.
enum AdminRoute: Equatable {
    /// `POST /admin/cache/purge`.
    case purge

    /// What all paths of operators begin with.
    static let prefix = "/admin/"

    /// Nil for paths that lead nowhere.
    init?(path: Substring) {
        switch path {
        case "/admin/cache/purge": self = .purge
        default: return nil
        }
    }

    var method: HTTPMethod {
        switch self {
        case .purge: .POST
        }
    }

    /// Answers a request that was let in.
    func answer(to request: HTTPRequest, desk: AdminDesk) async -> Answer {
        do throws(GatewayError) {
            switch self {
            case .purge: return Answer(json: try await desk.purge(PurgeOrder(json: request.body)).json)
            }
        } catch {
            return Answer(refusing: error)
        }
    }
}
