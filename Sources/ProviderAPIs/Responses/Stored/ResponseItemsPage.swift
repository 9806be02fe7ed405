package import GatewayCore

/// Which items of a list are asked for (`GET /v1/responses/{id}/input_items`).
package struct ResponseItemsPage: Sendable, Equatable {
    private(set) var limit = 20
    private(set) var after: String?
    private(set) var isAscending = false

    /// - Parameter query: names and values behind the `?`; names nobody knows are ignored.
    /// - Throws: `invalidRequest` with the parameter at fault.
    package init(query: [(name: String, value: String)]) throws(GatewayError) {
        for (name, value) in query {
            switch name {
            case "limit":
                guard let count = Int(value), (1...100).contains(count) else { throw Self.wrong(name, "1 to 100") }
                limit = count
            case "order":
                guard ["asc", "desc"].contains(value) else { throw Self.wrong(name, "'asc' or 'desc'") }
                isAscending = value == "asc"
            case "after": after = value
            default: continue
            }
        }
    }

    private static func wrong(_ name: String, _ expected: String) -> GatewayError {
        GatewayError(.invalidRequest, "'\(name)' must be \(expected)", parameter: name)
    }
}
