import GatewayCore
import NIOHTTP1
import ProviderAPIs

/// What is asked for, by its path.
enum Route: Equatable {
    /// What is answered by a model, in the API of the client.
    case answer(ClientAPI)
    /// How many tokens a Messages request has.
    case tokenCount
    case embeddings
    /// A response that was kept, by its id.
    case response(String)
    case inputItems(of: String)
    case explain
    case feedback
    case admin(AdminRoute)
    case models
    case model(String)
    case livez
    case readyz
    case metrics
    case unknown

    init(path: Substring) {
        let path = path.utf8.count > 1 && path.utf8.last == UInt8(ascii: "/") ? path.dropLast() : path
        switch path {
        case "/v1/chat/completions": self = .answer(.chat)
        case "/v1/responses": self = .answer(.responses)
        case "/v1/messages": self = .answer(.messages)
        case "/v1/embeddings": self = .embeddings
        case MessagesTokenCount.path[...]: self = .tokenCount
        case "/v1/explain": self = .explain
        case "/v1/feedback": self = .feedback
        case "/v1/models": self = .models
        case "/livez": self = .livez
        case "/readyz": self = .readyz
        case "/metrics": self = .metrics
        case _ where path.hasPrefix("/v1/models/"):
            self = .model(PercentEncoding.decode(String(path.dropFirst("/v1/models/".count))))
        case _ where path.hasPrefix("/v1/responses/"):
            self = Self.stored(path.dropFirst("/v1/responses/".count))
        case _ where path.hasPrefix(AdminRoute.prefix):
            self = AdminRoute(path: path).map(Route.admin) ?? .unknown
        default: self = .unknown
        }
    }

    private static func stored(_ rest: Substring) -> Route {
        let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
        let id = PercentEncoding.decode(String(parts[0]))
        if parts.count == 1 { return .response(id) }
        return parts.count == 2 && parts[1] == "input_items" ? .inputItems(of: id) : .unknown
    }

    /// The methods that the path takes.
    var methods: [HTTPMethod] {
        switch self {
        case .answer, .tokenCount, .embeddings, .explain, .feedback: [.POST]
        case .response: [.GET, .HEAD, .DELETE]
        case .admin(let route): [route.method]
        default: [.GET, .HEAD]
        }
    }

    /// The same as a header tells them.
    var allowed: String { methods.map(\.rawValue).joined(separator: ", ") }
}
