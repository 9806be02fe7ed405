import GatewayCore
import NIOHTTP1
import Pipeline
import ProviderAPIs

extension Route {
    /// A response that was kept, and what of it is meant.
    struct StoredResponse {
        let id: String
        let isInput: Bool

        /// - Throws: `invalidRequest` for a query that is not offered.
        func question(_ head: HTTPRequestHead) throws(GatewayError) -> ResponseQuestion {
            if isInput { return .inputItems(try ResponseItemsPage(query: head.query)) }
            if head.method == .DELETE { return .deletion }
            // Only answers under way in the background could be followed, and there are none.
            guard !head.query.contains(where: { $0.name == "stream" && $0.value == "true" }) else {
                throw GatewayError(
                    .invalidRequest, "'stream' is not offered here: what is kept has ended", parameter: "stream")
            }
            return .whole
        }
    }

    /// Nil for all other routes.
    var storedResponse: StoredResponse? {
        switch self {
        case .response(let id): StoredResponse(id: id, isInput: false)
        case .inputItems(let id): StoredResponse(id: id, isInput: true)
        default: nil
        }
    }
}

extension HTTPRequestHead {
    /// Names and values behind the `?` of the target, decoded.
    var query: [(name: String, value: String)] {
        guard let start = uri.utf8.firstIndex(of: UInt8(ascii: "?")) else { return [] }
        return uri[uri.utf8.index(after: start)...].split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { PercentEncoding.decode(String($0)) }
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
    }
}
