package import GatewayCore

/// What stands behind the `?` of an operator's request.
package struct AdminQuery: Sendable, Equatable {
    private let values: [String: String]

    /// - Throws: `invalidRequest` for a name that the request does not know, or that is there twice.
    package init(_ pairs: [(name: String, value: String)], names: [String]) throws(GatewayError) {
        var values: [String: String] = [:]
        for (name, value) in pairs {
            guard names.contains(name) else {
                throw GatewayError(
                    .invalidRequest, "\(name.prefix(64)) is not known; expected \(names.joined(separator: ", "))",
                    parameter: String(name.prefix(64)))
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw GatewayError(.invalidRequest, "\(name) is there twice", parameter: name)
            }
        }
        self.values = values
    }

    package subscript(_ name: String) -> String? { values[name] }

    /// The tenant that is asked about; that of all callers when nothing is said.
    var tenant: TenantID { TenantID(values["tenant"] ?? TenantID.open.description) }

    /// - Throws: `invalidRequest` when it is missing or empty.
    func required(_ name: String) throws(GatewayError) -> String {
        guard let value = values[name], !value.isEmpty else {
            throw GatewayError(.invalidRequest, "\(name) is missing", parameter: name)
        }
        return value
    }

    /// A number of things to give at once.
    func limit(usual: Int, most: Int) throws(GatewayError) -> Int {
        guard let text = values["limit"] else { return usual }
        guard let limit = Int(text), (1...most).contains(limit) else {
            throw GatewayError(.invalidRequest, "limit must be 1 to \(most)", parameter: "limit")
        }
        return limit
    }

    func flag(_ name: String) throws(GatewayError) -> Bool {
        switch values[name] {
        case nil, "false": return false
        case "true": return true
        default: throw GatewayError(.invalidRequest, "\(name) must be true or false", parameter: name)
        }
    }
}
